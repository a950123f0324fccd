// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Profiles;

/// <summary>
/// The kernel whose verdict is predicted: a release in the state that its maintainers have brought it to, since what later releases prove
/// better is often brought back to older ones.
/// </summary>
public sealed record KernelProfile
{
    /// <summary>Its release.</summary>
    public required KernelRelease Release { get; init; }

    /// <summary>Whether the loader has CAP_BPF and CAP_PERFMON.</summary>
    public bool IsPrivileged { get; init; } = true;

    /// <summary>How many instructions the verifier processes before it gives up.</summary>
    public int Budget { get; init; } = 1_000_000;

    /// <summary>Linux 6.18.</summary>
    public static KernelProfile Linux618 { get; } = new() { Release = new(6, 18) };

    /// <summary>The newest release whose rules are known.</summary>
    public static KernelProfile Newest { get; } = new() { Release = new(7, 2) };

    /// <summary>Every release that can be predicted, the oldest first.</summary>
    public static IReadOnlyList<KernelProfile> All { get; } =
    [
        new() { Release = new(5, 10) }, new() { Release = new(5, 15) }, new() { Release = new(6, 1) }, new() { Release = new(6, 6) },
        new() { Release = new(6, 12) }, Linux618, Newest,
    ];

    /// <summary>How far it follows numbers.</summary>
    internal Reasoning Reasoning => field ??= Reasoning.Of(Release);

    /// <summary>Whether the kernel is of a release or newer.</summary>
    public bool Has(int major, int minor) => Release >= new KernelRelease(major, minor);
}
