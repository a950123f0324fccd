// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>A value as one of another type.</summary>
public sealed class Convert(Conversion conversion, IrType type, Value operand) : Operation(type, operand)
{
    /// <summary>How.</summary>
    public Conversion Conversion { get; } = conversion;

    /// <summary>The value.</summary>
    public Value Operand => Operands[0];

    /// <inheritdoc/>
    public override bool HasEffects => false;
}
