// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>Something that operations take: a constant, a parameter of a block, or what another operation yields. Assigned once.</summary>
public abstract class Value
{
    private protected Value(IrType type) => Type = type;

    /// <summary>What kind of value it is.</summary>
    public IrType Type { get; private set; }

    /// <summary>What the text form calls it; a number is given to a value without a name.</summary>
    public string? Name { get; set; }

    /// <summary>It is an address, and what it leads to has been found out.</summary>
    internal void LeadsTo(AddressSpace space) => Type = IrType.PointerTo(space, (Type as IrType.Pointer)?.Pointee);
}
