// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>What stands in memory. In a space that only a helper may read, it becomes a call of that helper; what cannot be read is zero.</summary>
public sealed class Load(IrType type, Value address, int offset = 0) : Operation(type, address)
{
    /// <summary>The address.</summary>
    public Value Address => Operands[0];

    /// <summary>How many bytes beyond the address.</summary>
    public int Offset { get; } = offset;

    /// <inheritdoc/>
    public override bool HasEffects => false;

    /// <inheritdoc/>
    /// <remarks>A store in between changes what it reads.</remarks>
    public override bool IsPure => false;
}
