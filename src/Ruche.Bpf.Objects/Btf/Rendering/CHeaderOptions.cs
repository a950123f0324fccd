// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Btf.Rendering;

/// <summary>What goes into a rendered C header.</summary>
public sealed record CHeaderOptions
{
    /// <summary>The ids to define, with all they need; everything when empty.</summary>
    public ImmutableArray<int> Roots { get; init; } = [];

    /// <summary>The macro that guards against a second inclusion.</summary>
    public string Guard { get; init; } = "__VMLINUX_H__";

    /// <summary>Whether accesses to the structs become CO-RE relocations when clang compiles for BPF.</summary>
    public bool PreserveAccessIndex { get; init; } = true;
}
