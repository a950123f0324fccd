// SPDX-License-Identifier: MIT
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Tests.Parsing;

/// <summary>Operators bind as in C: the levels here are those of the C standard, written down apart from the parser's.</summary>
public sealed class PrecedenceTests
{
    private static readonly string[][] Levels =
    [
        ["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<", ">", "<=", ">="], ["<<", ">>"], ["+", "-"], ["*", "/", "%"],
    ];

    public static TheoryData<string, string, bool> Pairs
    {
        get
        {
            TheoryData<string, string, bool> data = [];
            for (int first = 0; first < Levels.Length; first++)
            {
                for (int second = 0; second < Levels.Length; second++)
                {
                    foreach (string a in Levels[first])
                    {
                        foreach (string b in Levels[second]) data.Add(a, b, second > first);
                    }
                }
            }

            return data;
        }
    }

    public static TheoryData<string> All => [.. Levels.SelectMany(l => l)];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_tighter_of_two_operators_goes_first_and_the_left_of_equals(string first, string second, bool isRightTighter)
    {
        var whole = Assert.IsType<Expression.Binary>(TestScripts.Expression($"a {first} b {second} c"));

        Assert.Equal(isRightTighter ? first : second, Operators.Spelling(whole.Operator));
        Assert.IsType<Expression.Binary>(isRightTighter ? whole.Right : whole.Left);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Operators_with_one_operand_bind_tighter_than_any_with_two(string operation)
    {
        foreach (string sign in (string[])["-", "!", "~", "*", "&", "(int8)", "comptime "])
        {
            var whole = Assert.IsType<Expression.Binary>(TestScripts.Expression($"{sign}$a {operation} {sign}$b"));

            Assert.IsNotType<Expression.Binary>(whole.Left);
            Assert.IsNotType<Expression.Binary>(whole.Right);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_choice_binds_looser_than_any_operator(string operation)
    {
        var whole = Assert.IsType<Expression.Conditional>(TestScripts.Expression($"a {operation} b ? c {operation} d : e {operation} f"));

        Assert.All([whole.Condition, whole.WhenTrue, whole.WhenFalse], part => Assert.IsType<Expression.Binary>(part));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_operator_that_compares_does_not_assign(string operation)
    {
        bool assigns = !Levels[0].Concat(Levels[1]).Concat(Levels[5]).Concat(Levels[6]).Contains(operation);

        Assert.Equal(assigns, Operators.TryAssignment($"{operation}=", out var found));
        if (assigns) Assert.Equal(operation, Operators.Spelling(found));
    }
}
