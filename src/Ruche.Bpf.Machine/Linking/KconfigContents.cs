// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Machine.Linking;

/// <summary>Fills the values of an object's <c>__kconfig</c> externs from given lines; of a kernel of our own that has system call wrappers.</summary>
internal static class KconfigContents
{
    // 6.18.0, as LINUX_VERSION_CODE counts.
    private const string Version = "397824";

    /// <summary>The <c>.kconfig</c> map with its values.</summary>
    /// <exception cref="BpfException">A value that is not weak is not given, or does not fit its type.</exception>
    public static MapSpec Fill(ObjectSpec spec, MapSpec map, string lines)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal)
        {
            ["LINUX_KERNEL_VERSION"] = Version,
            ["LINUX_HAS_BPF_COOKIE"] = "1",
            ["LINUX_HAS_SYSCALL_WRAPPER"] = "1",
        };
        foreach (string line in lines.Split('\n'))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0) values[line[..equals].Trim()] = line[(equals + 1)..].Trim();
        }

        KconfigSection section = new(spec, values.GetValueOrDefault, static () => "MachineOptions.Kconfig does not set it");
        return map with { Contents = ImmutableCollectionsMarshal.AsImmutableArray(section.Fill(map.ValueSize)) };
    }
}
