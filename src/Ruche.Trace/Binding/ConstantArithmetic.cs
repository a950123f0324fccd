// SPDX-License-Identifier: MIT
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Binding;

/// <summary>What operators make of numbers that the script writes.</summary>
internal static class ConstantArithmetic
{
    public static BoundExpression.Number? TryCombine(BinaryOperator op, BoundExpression.Number a, BoundExpression.Number b, SourceSpan span)
    {
        if (TryCompare(op, a, b) is { } holds) return new(holds ? 1 : 0, TraceType.Bool, span);
        if (a.Type is not TraceType.Integer { IsSigned: true } || b.Type is not TraceType.Integer { IsSigned: true }) return null;
        if (op is BinaryOperator.Divide or BinaryOperator.Remainder && (b.Value == 0 || b.Value == -1)) return null;
        long? number = op switch
        {
            BinaryOperator.Add => a.Value + b.Value,
            BinaryOperator.Subtract => a.Value - b.Value,
            BinaryOperator.Multiply => a.Value * b.Value,
            BinaryOperator.Divide => a.Value / b.Value,
            BinaryOperator.Remainder => a.Value % b.Value,
            BinaryOperator.And => a.Value & b.Value,
            BinaryOperator.Or => a.Value | b.Value,
            BinaryOperator.Xor => a.Value ^ b.Value,
            BinaryOperator.ShiftLeft when b.Value is >= 0 and < 64 => a.Value << (int)b.Value,
            BinaryOperator.ShiftRight when b.Value is >= 0 and < 64 => a.Value >> (int)b.Value,
            _ => null,
        };
        return number is { } known ? new(known, TraceType.Int64, span) : null;
    }

    // Large unsigned numbers look negative here: two numbers are compared when both are small enough, or both are signed.
    private static bool? TryCompare(BinaryOperator op, BoundExpression.Number a, BoundExpression.Number b)
    {
        bool areSigned = a.Type is TraceType.Integer { IsSigned: true } && b.Type is TraceType.Integer { IsSigned: true };
        if (!areSigned && (a.Value < 0 || b.Value < 0)) return null;
        return op switch
        {
            BinaryOperator.Equal => a.Value == b.Value,
            BinaryOperator.NotEqual => a.Value != b.Value,
            BinaryOperator.Less => a.Value < b.Value,
            BinaryOperator.Greater => a.Value > b.Value,
            BinaryOperator.LessOrEqual => a.Value <= b.Value,
            BinaryOperator.GreaterOrEqual => a.Value >= b.Value,
            _ => null,
        };
    }

    /// <summary>What is left of a number in a type of fewer bits.</summary>
    public static long Fit(long value, TraceType.Integer type)
    {
        int unused = 64 - (type.Bytes * 8);
        return type.IsSigned ? value << unused >> unused : (long)((ulong)value << unused >> unused);
    }
}
