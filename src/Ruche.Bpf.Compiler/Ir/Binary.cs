// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>Arithmetic with two operands.</summary>
public sealed class Binary(BinaryOperator op, Value left, Value right) : Operation(TypeOf(op, left, right), left, right)
{
    /// <summary>What is done.</summary>
    public BinaryOperator Operator { get; } = op;

    /// <summary>The first operand.</summary>
    public Value Left => Operands[0];

    /// <summary>The second.</summary>
    public Value Right => Operands[1];

    /// <inheritdoc/>
    public override bool HasEffects => false;

    private static IrType TypeOf(BinaryOperator op, Value left, Value right) =>
        op is BinaryOperator.Sub && left.Type is IrType.Pointer && right.Type is IrType.Pointer ? IrType.I64 : left.Type;
}
