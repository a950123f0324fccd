// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;

namespace Ruche.Bpf.Loading;

/// <summary>What section names leave open when programs are attached.</summary>
public sealed record AttachOptions
{
    /// <summary>The network interface for XDP, tc and netkit programs; null for none.</summary>
    public string? Interface { get; init; }

    /// <summary>Where XDP programs run.</summary>
    public XdpMode XdpMode { get; init; }

    /// <summary>The cgroup v2 directory for cgroup programs; null for none.</summary>
    public string? Cgroup { get; init; }

    /// <summary>The process that user-space probes, sampling and task iterators are limited to; null for all.</summary>
    public int? Pid { get; init; }

    /// <summary>The network namespace's file for socket lookup programs; null for this process's own.</summary>
    public string? NetNamespace { get; init; }

    /// <summary>The event that perf_event programs sample.</summary>
    public PerfEventOptions PerfEvent { get; init; } = PerfEventOptions.CpuClock(99);

    /// <summary>The hook for netfilter programs; null for none.</summary>
    public NetfilterOptions? Netfilter { get; init; }

    /// <summary>The place (<c>path:function</c>, <c>path:provider:name</c>) for user-space probes whose section names none; null for none.</summary>
    public string? UserTarget { get; init; }
}
