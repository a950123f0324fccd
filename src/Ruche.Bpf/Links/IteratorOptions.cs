// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;

namespace Ruche.Bpf.Links;

/// <summary>What an iterator walks. Each kind of iterator takes one of these, or none.</summary>
public sealed record IteratorOptions
{
    /// <summary>The map whose elements are walked.</summary>
    public BpfMap? Map { get; init; }

    /// <summary>The process whose tasks, files or memory are walked; null for all. Needs Linux 6.1.</summary>
    public int? Pid { get; init; }

    /// <summary>The directory of the cgroup to start from; null for the root. Needs Linux 6.1.</summary>
    public string? Cgroup { get; init; }

    /// <summary>Which cgroups are walked.</summary>
    public CgroupOrder Order { get; init; } = CgroupOrder.Descendants;
}
