// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.Ir;

/// <summary>One of two values.</summary>
public sealed class Select(Value condition, Value then, Value otherwise) : Operation(then.Type, condition, then, otherwise)
{
    /// <summary>What decides.</summary>
    public Value Condition => Operands[0];

    /// <summary>The value when the condition holds.</summary>
    public Value Then => Operands[1];

    /// <summary>The value when it does not.</summary>
    public Value Otherwise => Operands[2];

    /// <inheritdoc/>
    public override bool HasEffects => false;
}
