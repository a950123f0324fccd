// SPDX-License-Identifier: MIT
using System.Collections.Frozen;

namespace Ruche.Trace.Syntax;

/// <summary>How operators are written, and how tightly they bind: as in C.</summary>
internal static class Operators
{
    private static readonly (BinaryOperator Operator, string Spelling, int Precedence, bool Assigns)[] Binary =
    [
        (BinaryOperator.LogicalOr, "||", 1, false),
        (BinaryOperator.LogicalAnd, "&&", 2, false),
        (BinaryOperator.Or, "|", 3, true),
        (BinaryOperator.Xor, "^", 4, true),
        (BinaryOperator.And, "&", 5, true),
        (BinaryOperator.Equal, "==", 6, false),
        (BinaryOperator.NotEqual, "!=", 6, false),
        (BinaryOperator.Less, "<", 7, false),
        (BinaryOperator.Greater, ">", 7, false),
        (BinaryOperator.LessOrEqual, "<=", 7, false),
        (BinaryOperator.GreaterOrEqual, ">=", 7, false),
        (BinaryOperator.ShiftLeft, "<<", 8, true),
        (BinaryOperator.ShiftRight, ">>", 8, true),
        (BinaryOperator.Add, "+", 9, true),
        (BinaryOperator.Subtract, "-", 9, true),
        (BinaryOperator.Multiply, "*", 10, true),
        (BinaryOperator.Divide, "/", 10, true),
        (BinaryOperator.Remainder, "%", 10, true),
    ];

    private static readonly (UnaryOperator Operator, string Spelling)[] Prefixes =
    [
        (UnaryOperator.Negate, "-"),
        (UnaryOperator.Not, "!"),
        (UnaryOperator.Complement, "~"),
        (UnaryOperator.Dereference, "*"),
        (UnaryOperator.AddressOf, "&"),
        (UnaryOperator.PreIncrement, "++"),
        (UnaryOperator.PreDecrement, "--"),
    ];

    private static readonly FrozenDictionary<string, (BinaryOperator Operator, int Precedence)> BySpelling =
        Binary.ToFrozenDictionary(b => b.Spelling, b => (b.Operator, b.Precedence));

    private static readonly FrozenDictionary<string, BinaryOperator> ByAssignment =
        Binary.Where(b => b.Assigns).ToFrozenDictionary(b => $"{b.Spelling}=", b => b.Operator);

    private static readonly FrozenDictionary<string, UnaryOperator> ByPrefix =
        Prefixes.ToFrozenDictionary(p => p.Spelling, p => p.Operator);

    public static bool TryBinary(string symbol, out BinaryOperator found, out int precedence)
    {
        bool known = BySpelling.TryGetValue(symbol, out var entry);
        (found, precedence) = entry;
        return known;
    }

    /// <summary>The operator of a compound assignment, such as <c>+=</c>.</summary>
    public static bool TryAssignment(string symbol, out BinaryOperator found) => ByAssignment.TryGetValue(symbol, out found);

    public static bool TryPrefix(string symbol, out UnaryOperator found) => ByPrefix.TryGetValue(symbol, out found);

    public static string Spelling(BinaryOperator of) => Array.Find(Binary, b => b.Operator == of).Spelling;

    public static string Spelling(UnaryOperator of) => of switch
    {
        UnaryOperator.PostIncrement => "++",
        UnaryOperator.PostDecrement => "--",
        _ => Array.Find(Prefixes, p => p.Operator == of).Spelling,
    };

    public static bool IsPostfix(UnaryOperator of) => of is UnaryOperator.PostIncrement or UnaryOperator.PostDecrement;

    /// <summary>Whether it changes its operand, which must be a variable or a map then.</summary>
    public static bool Writes(UnaryOperator of) =>
        of is UnaryOperator.PreIncrement or UnaryOperator.PreDecrement or UnaryOperator.PostIncrement or UnaryOperator.PostDecrement;
}
