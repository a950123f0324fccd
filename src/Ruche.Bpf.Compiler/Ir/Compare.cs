// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>Whether two values stand in a relation.</summary>
public sealed class Compare(Comparison relation, Value left, Value right) : Operation(IrType.Bool, left, right)
{
    /// <summary>The relation.</summary>
    public Comparison Relation { get; } = relation;

    /// <summary>The first value.</summary>
    public Value Left => Operands[0];

    /// <summary>The second.</summary>
    public Value Right => Operands[1];

    /// <inheritdoc/>
    public override bool HasEffects => false;
}
