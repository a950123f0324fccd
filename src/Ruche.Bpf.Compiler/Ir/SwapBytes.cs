// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>A number with its bytes in the opposite order.</summary>
public sealed class SwapBytes(Value operand) : Operation(operand.Type, operand)
{
    /// <summary>The number.</summary>
    public Value Operand => Operands[0];

    /// <inheritdoc/>
    public override bool HasEffects => false;
}
