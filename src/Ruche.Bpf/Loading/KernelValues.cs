// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Features;
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Loading;

/// <summary>What the running kernel says about itself to objects that ask by <c>__kconfig</c> externs.</summary>
internal sealed class KernelValues(string extra)
{
    private KernelConfig? _config;

    /// <summary>The content of an object's <c>.kconfig</c> map; lines in <paramref name="extra"/> win over the kernel's configuration.</summary>
    /// <exception cref="BpfException">A value that is not weak is unknown, or does not fit its type.</exception>
    public static byte[] Fill(ObjectSpec spec, int size, string extra)
    {
        KernelValues values = new(extra);
        return new KconfigSection(spec, values.TextOf, values.WhyMissing).Fill(size);
    }

    private string? TextOf(string name) => name switch
    {
        "LINUX_KERNEL_VERSION" => KernelVersion.Code.ToString(CultureInfo.InvariantCulture),
        "LINUX_HAS_BPF_COOKIE" => KernelFeatures.AttachCookie.Ask() is Support.Yes ? "1" : "0",
        "LINUX_HAS_SYSCALL_WRAPPER" => KernelFunctions.HasSystemCallWrappers ? "1" : "0",
        _ => (_config ??= KernelConfig.Read(extra))[name],
    };

    private string WhyMissing() => _config is { Source.Length: > 0 } config
        ? $"{config.Source} does not set it"
        : "the kernel shows its configuration neither in /proc/config.gz nor in /boot";
}
