// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Features;

namespace Ruche.Bpf.Tests;

/// <summary>
/// A test of the live kernel: needs root and bpf(2). Without privilege it is skipped, unless RUCHE_REQUIRE_KERNEL=1 says that the
/// machine is meant to be able.
/// </summary>
[Trait("Category", "Kernel")]
public abstract class KernelTest
{
    private static readonly bool IsRequired = Environment.GetEnvironmentVariable("RUCHE_REQUIRE_KERNEL") == "1";

    protected KernelTest()
    {
        if (!IsRequired && !Environment.IsPrivilegedProcess) Assert.Skip("bpf(2) needs root");
    }

    /// <summary>A directory on the BPF file system of this process alone.</summary>
    protected static string PinDirectory { get; } = $"/sys/fs/bpf/ruche-tests-{Environment.ProcessId}";

    /// <summary>A path in <see cref="PinDirectory"/> for one test.</summary>
    protected static string PinPath(string name) => $"{PinDirectory}/{name}";

    /// <summary>
    /// Newer kernels make arenas with a double-word compare and exchange, and say ENOMEM on a processor without one, such as the
    /// emulated one of the kernel tests.
    /// </summary>
    protected static bool ProcessorLacksArenas { get; } =
        RuntimeInformation.ProcessArchitecture is System.Runtime.InteropServices.Architecture.X64 && !File.ReadAllText("/proc/cpuinfo").Contains(" cx16", StringComparison.Ordinal);

    /// <summary>Skips on kernels that are older than what a test is about.</summary>
    protected static void Since(int major, int minor, string what)
    {
        if (KernelVersion.Current < new Version(major, minor)) Assert.Skip($"{what} came with Linux {major}.{minor}");
    }

    /// <summary>Skips when the kernel lacks a feature; fails when it is new enough to have it.</summary>
    protected static void Needs(FeatureProbe feature)
    {
        Support support = feature.Ask();
        if (support is Support.Yes) return;
        Assert.SkipWhen(feature == KernelFeatures.Arena && ProcessorLacksArenas, "the processor has no cmpxchg16b");
        string message = $"the kernel says {support} to {feature.Name}, which came with Linux {feature.Introduced}";
        if (support is Support.Unknown || KernelVersion.Current >= feature.Introduced) Assert.Fail(message);
        Assert.Skip(message);
    }
}
