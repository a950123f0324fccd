// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Specs;

/// <summary>One function of an object as compiled: its code, and what in it waits for load time. Slots count from its start.</summary>
public sealed record FunctionSpec
{
    /// <summary>The key by which references name the function: its symbol name, made unique for static functions of linked objects.</summary>
    public required string Name { get; init; }

    /// <summary>The ELF section it was compiled into.</summary>
    public required string Section { get; init; }

    /// <summary>The code.</summary>
    public required ImmutableArray<Instruction> Instructions { get; init; }

    /// <summary>Slots that wait for maps, functions and kernel symbols, in slot order.</summary>
    public ImmutableArray<Reference> References { get; init; } = [];

    /// <summary>Slots that wait for the kernel's types, in slot order.</summary>
    public ImmutableArray<CoreRelocation> CoreRelocations { get; init; } = [];

    /// <summary>Source lines, in slot order.</summary>
    public ImmutableArray<LineInfo> Lines { get; init; } = [];

    /// <summary>Id of the BTF function; 0 when the object says nothing about it.</summary>
    public int Type { get; init; }

    /// <summary>Whether objects it is linked with can call the function although the kernel verifies it with its callers.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whether another object's definition wins over this one.</summary>
    public bool IsWeak { get; init; }

    /// <summary>Whether the function is visible outside its object, so that the kernel verifies it on its own.</summary>
    public bool IsGlobal { get; init; }
}
