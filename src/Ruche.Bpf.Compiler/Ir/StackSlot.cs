// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>Room on the stack, without contents until something is stored.</summary>
public sealed class StackSlot(int size, int alignment) : Operation(IrType.PointerTo(AddressSpace.Stack))
{
    /// <summary>How many bytes.</summary>
    public int Size { get; } = size;

    /// <summary>What its address is a multiple of: 1, 2, 4 or 8.</summary>
    public int Alignment { get; } = alignment;

    /// <inheritdoc/>
    public override bool HasEffects => false;

    /// <inheritdoc/>
    /// <remarks>Two slots are never one.</remarks>
    public override bool IsPure => false;
}
