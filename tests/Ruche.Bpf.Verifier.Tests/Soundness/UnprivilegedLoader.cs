// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Tests.Soundness;

/// <summary>Whether the kernel can be asked what it says to loaders without privileges.</summary>
internal static class UnprivilegedLoader
{
    /// <summary>How to make it so.</summary>
    public const string Needed = "needs sysctl kernel.unprivileged_bpf_disabled=0 and setpriv --bounding-set=-all --inh-caps=-all";

    /// <summary>Whether this process has no capabilities, and may load programs nevertheless.</summary>
    public static bool IsThisProcess { get; } =
        File.ReadLines("/proc/self/status").Contains("CapEff:\t0000000000000000") && File.ReadAllText("/proc/sys/kernel/unprivileged_bpf_disabled").Trim() == "0";
}
