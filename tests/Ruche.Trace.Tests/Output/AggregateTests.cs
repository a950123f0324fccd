// SPDX-License-Identifier: MIT
using Ruche.Trace.Types;

namespace Ruche.Trace.Tests.Output;

/// <summary>What the parts of several CPUs come to.</summary>
public sealed class AggregateTests
{
    private static readonly (string What, Aggregation Kind, long[] Words, string Text, string Type, string Json)[] Cases =
    [
        ("count", new Aggregation.Count(), [1, 2, 0, 4], "7", "map", "7"),
        ("sum", new Aggregation.Sum(true), [5, -10, 0, 0], "-5", "map", "-5"),
        ("unsigned sum", new Aggregation.Sum(false), [-1, 0], "18446744073709551615", "map", "\"18446744073709551615\""),
        ("least", new Aggregation.Minimum(true), [0, 0, 5, 1, -3, 1], "-3", "map", "-3"),
        ("least of unsigned", new Aggregation.Minimum(false), [-1, 1, 5, 1], "5", "map", "5"),
        ("greatest", new Aggregation.Maximum(true), [-9, 1, 0, 0, -3, 1], "-3", "map", "-3"),
        ("greatest of unsigned", new Aggregation.Maximum(false), [-1, 1, 5, 1], "18446744073709551615", "map", "\"18446744073709551615\""),
        ("greatest of none", new Aggregation.Maximum(true), [0, 0], "0", "map", "0"),
        // @av=avg(-7); @av=avg(2);
        ("average", new Aggregation.Average(true), [-7, 1, 2, 1], "-2", "stats", "-2"),
        ("average of unsigned", new Aggregation.Average(false), [-1, 1], "18446744073709551615", "stats", "\"18446744073709551615\""),
        ("average of none", new Aggregation.Average(true), [0, 0], "0", "stats", "0"),
        // @st=stats(3); @st=stats(-10);
        ("statistics", new Aggregation.Statistics(true), [3, 1, -10, 1], "{ .count = 2, .average = -3, .total = -7 }", "stats", """{"count": 2, "average": -3, "total": -7}"""),
        ("zeroed statistics", new Aggregation.Statistics(true), [0, 0, 0, 0], "{ .count = 0, .average = 0, .total = 0 }", "stats", """{"count": 0, "average": 0, "total": 0}"""),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(c => c.What)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_words_of_all_CPUs_are_summed_up(string what)
    {
        var (_, kind, words, text, type, json) = Cases.Single(c => c.What == what);

        MapOutputTests.Shows($"@a: {text}\n", $$$"""{"type": "{{{type}}}", "data": {"@a": {{{json}}}}}""", new("@a", TraceType.None, new TraceType.Aggregate(kind)), [new([], Stored.Words(words))]);
    }

    [Fact]
    public void Every_kind_of_aggregate_is_shown() =>
        Assert.Empty(typeof(Aggregation).GetNestedTypes().Where(t => t.IsSealed)
            .Except(Cases.Select(c => c.Kind.GetType())).Except([typeof(Aggregation.Log2), typeof(Aggregation.Linear), typeof(Aggregation.Series)]));

    // @m["a"]=max(7); @m["b"]=max(3); @mm[1] = min(5); @mm[2] = min(-5): 0.27 sorts these as unsigned numbers, which puts -5 last.
    [Fact]
    public void Entries_are_sorted_by_what_they_come_to()
    {
        TraceType key = new TraceType.Integer(1, true);

        MapOutputTests.Shows("@mm[2]: -5\n@mm[1]: 5\n", """{"type": "map", "data": {"@mm": {"2": -5, "1": 5}}}""",
            new("@mm", key, new TraceType.Aggregate(new Aggregation.Minimum(true))), [new([1], Stored.Words(5, 1, 0, 0)), new([2], Stored.Words(0, 0, -5, 1))]);
        MapOutputTests.Shows("@v[2]: 1\n@v[1]: 15\n", """{"type": "stats", "data": {"@v": {"2": 1, "1": 15}}}""",
            new("@v", key, new TraceType.Aggregate(new Aggregation.Average(true))), [new([1], Stored.Words(10, 1, 21, 1)), new([2], Stored.Words(1, 1, 0, 0))]);
    }
}
