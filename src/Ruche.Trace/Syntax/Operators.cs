// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Syntax;

/// <summary>How operators are written, and how tightly they bind: as in C.</summary>
internal static class Operators
{
    private static readonly BinaryRow[] Binary =
    [
        new(BinaryOperator.LogicalOr, "||", 1, false),
        new(BinaryOperator.LogicalAnd, "&&", 2, false),
        new(BinaryOperator.Or, "|", 3, true),
        new(BinaryOperator.Xor, "^", 4, true),
        new(BinaryOperator.And, "&", 5, true),
        new(BinaryOperator.Equal, "==", 6, false),
        new(BinaryOperator.NotEqual, "!=", 6, false),
        new(BinaryOperator.Less, "<", 7, false),
        new(BinaryOperator.Greater, ">", 7, false),
        new(BinaryOperator.LessOrEqual, "<=", 7, false),
        new(BinaryOperator.GreaterOrEqual, ">=", 7, false),
        new(BinaryOperator.ShiftLeft, "<<", 8, true),
        new(BinaryOperator.ShiftRight, ">>", 8, true),
        new(BinaryOperator.Add, "+", 9, true),
        new(BinaryOperator.Subtract, "-", 9, true),
        new(BinaryOperator.Multiply, "*", 10, true),
        new(BinaryOperator.Divide, "/", 10, true),
        new(BinaryOperator.Remainder, "%", 10, true),
    ];

    private static readonly UnaryRow[] Prefixes =
    [
        new(UnaryOperator.Negate, "-"),
        new(UnaryOperator.Not, "!"),
        new(UnaryOperator.Complement, "~"),
        new(UnaryOperator.Dereference, "*"),
        new(UnaryOperator.AddressOf, "&"),
        new(UnaryOperator.PreIncrement, "++"),
        new(UnaryOperator.PreDecrement, "--"),
    ];

    public static bool TryBinary(string symbol, out BinaryOperator found, out int precedence)
    {
        foreach (var known in Binary)
        {
            if (known.Spelling != symbol) continue;
            (found, precedence) = (known.Operator, known.Precedence);
            return true;
        }

        (found, precedence) = (default, 0);
        return false;
    }

    /// <summary>The operator of a compound assignment, such as <c>+=</c>.</summary>
    public static bool TryAssignment(string symbol, out BinaryOperator found)
    {
        found = default;
        return symbol is [.. var start, '='] && TryBinary(start, out found, out _) && Assigns(found);
    }

    public static bool TryPrefix(string symbol, out UnaryOperator found)
    {
        foreach (var known in Prefixes)
        {
            if (known.Spelling != symbol) continue;
            found = known.Operator;
            return true;
        }

        found = default;
        return false;
    }

    public static string Spelling(BinaryOperator of) => Array.Find(Binary, b => b.Operator == of)!.Spelling;

    public static string Spelling(UnaryOperator of) => of switch
    {
        UnaryOperator.PostIncrement => "++",
        UnaryOperator.PostDecrement => "--",
        _ => Array.Find(Prefixes, p => p.Operator == of)!.Spelling,
    };

    public static bool IsPostfix(UnaryOperator of) => of is UnaryOperator.PostIncrement or UnaryOperator.PostDecrement;

    /// <summary>Whether it changes its operand, which must be a variable or a map then.</summary>
    public static bool Writes(UnaryOperator of) =>
        of is UnaryOperator.PreIncrement or UnaryOperator.PreDecrement or UnaryOperator.PostIncrement or UnaryOperator.PostDecrement;

    private static bool Assigns(BinaryOperator of) => Array.Find(Binary, b => b.Operator == of)!.Assigns;

    private sealed record BinaryRow(BinaryOperator Operator, string Spelling, int Precedence, bool Assigns);

    private sealed record UnaryRow(UnaryOperator Operator, string Spelling);
}
