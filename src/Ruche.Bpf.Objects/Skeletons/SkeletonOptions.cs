// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Skeletons;

/// <summary>How the skeleton of an object is written.</summary>
public sealed record SkeletonOptions
{
    /// <summary>What the class is named after: <c>syscall_counter</c> gives <c>SyscallCounterObject</c>. Null for the object's name.</summary>
    public string? Name { get; init; }

    /// <summary>The namespace of the class; null for none.</summary>
    public string? Namespace { get; init; }

    /// <summary>Ids of types that the class holds besides those of its maps and variables, such as those of records in a buffer.</summary>
    public ImmutableArray<int> Types { get; init; } = [];
}
