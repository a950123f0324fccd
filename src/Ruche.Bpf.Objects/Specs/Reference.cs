// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;

namespace Ruche.Bpf.Objects.Specs;

/// <summary>A slot whose immediate depends on something that exists only at load time. The set is closed.</summary>
public abstract record Reference
{
    private Reference(int slot) => Slot = slot;

    /// <summary>The slot, from the start of the function or program that owns the reference.</summary>
    public int Slot { get; init; }

    /// <summary>The name of what is referred to.</summary>
    public string Target => this switch
    {
        Map x => x.Name,
        MapValue x => x.Name,
        Call x => x.Name,
        FunctionAddress x => x.Name,
        KernelCall x => x.Name,
        KernelVariable x => x.Name,
        JumpTable x => x.Name,
        _ => throw new UnreachableException($"no case for {GetType().Name}"),
    };

    /// <summary>The same reference of code that is moved, by the slot it has then.</summary>
    public Reference MovedTo(int slot) =>
        this is JumpTable table ? table with { Slot = slot, Targets = [.. table.Targets.Select(t => t + slot - Slot)] } : this with { Slot = slot };

    /// <summary>A wide load of a map's file descriptor.</summary>
    public sealed record Map(int Slot, string Name) : Reference(Slot);

    /// <summary>A wide load of an address inside the single value of a data-section map.</summary>
    public sealed record MapValue(int Slot, string Name, int Offset) : Reference(Slot);

    /// <summary>A call of another function of the object.</summary>
    public sealed record Call(int Slot, string Name) : Reference(Slot);

    /// <summary>A wide load of the address of another function of the object (a callback).</summary>
    public sealed record FunctionAddress(int Slot, string Name) : Reference(Slot);

    /// <summary>A call of a kernel function (kfunc).</summary>
    public sealed record KernelCall(int Slot, string Name) : Reference(Slot);

    /// <summary>A wide load of the address of an extern that is no constant of the build configuration: of a kernel variable, or of a
    /// kernel function (which programs do to ask whether it exists; the object's extern of that name says which).</summary>
    public sealed record KernelVariable(int Slot, string Name) : Reference(Slot);

    /// <summary>A wide load of the address of a table of places, to one of which <c>gotox</c> jumps.</summary>
    /// <param name="Slot">The slot of the load.</param>
    /// <param name="Name">What the object calls the table.</param>
    /// <param name="Targets">The slots it leads to, from the start of the function or program that owns the reference.</param>
    public sealed record JumpTable(int Slot, string Name, ImmutableArray<int> Targets) : Reference(Slot);
}
