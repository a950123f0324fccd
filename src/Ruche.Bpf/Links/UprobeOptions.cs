// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Links;

/// <summary>How a user-space probe is attached.</summary>
public sealed record UprobeOptions
{
    /// <summary>Whether to run the program at the function's return instead of at its place.</summary>
    public bool IsReturn { get; init; }

    /// <summary>The process to watch; null for all that run the file, now or later.</summary>
    public int? Pid { get; init; }

    /// <summary>A number that the program reads with <c>bpf_get_attach_cookie</c>; needs Linux 5.15.</summary>
    public ulong Cookie { get; init; }

    /// <summary>File offset of a counter that the kernel raises while the probe is on (a USDT semaphore); 0 for none.</summary>
    public ulong CounterOffset { get; init; }
}
