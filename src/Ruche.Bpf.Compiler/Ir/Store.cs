// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>Writes a value to memory.</summary>
public sealed class Store(Value address, int offset, Value value) : Operation(IrType.None, address, value)
{
    /// <summary>The address.</summary>
    public Value Address => Operands[0];

    /// <summary>How many bytes beyond the address.</summary>
    public int Offset { get; } = offset;

    /// <summary>What is written.</summary>
    public Value Value => Operands[1];

    /// <inheritdoc/>
    public override bool HasEffects => true;
}
