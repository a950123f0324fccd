// SPDX-License-Identifier: MIT
using Ruche.Trace.Output.Maps;
using Ruche.Trace.Types;

namespace Ruche.Trace.Tests.Output;

/// <summary>
/// Maps as bpftrace 0.27 showed them, in both forms, after scripts that filled them so. Differences: entries that are equal stand in the order of
/// their keys, where bpftrace has none; and keys keep the blanks that their text has in JSON, where 0.27 drops them.
/// </summary>
public sealed class MapOutputTests
{
    private static readonly TraceType Int8 = new TraceType.Integer(1, true);
    private static readonly TraceType Int64 = TraceType.Int64;
    private static readonly TraceType Word = new TraceType.Text(16);
    private static readonly TraceType Color = new TraceType.Enumeration(new("enum color", 4, false, [("RED", 0), ("GREEN", 5)]));

    [Fact]
    public void A_map_without_keys_is_its_value() =>
        Shows("@x: -5\n", """{"type": "map", "data": {"@x": -5}}""", new("@x", TraceType.None, Int64), [new([], Stored.Words(-5))]);

    [Fact]
    public void Numbers_are_sorted_by_value_and_by_key_where_they_are_equal() =>
        Shows("@s[-1]: -7\n@s[1]: 3\n@s[2]: 3\n@s[3]: 8\n", """{"type": "map", "data": {"@s": {"-1": -7, "1": 3, "2": 3, "3": 8}}}""",
            new("@s", Int8, Int8), [.. new[] { (3, 8), (2, 3), (-1, -7), (1, 3) }.Select(e => new MapEntry(Stored.Value(Int8, e.Item1), Stored.Value(Int8, e.Item2)))]);

    [Fact]
    public void Great_unsigned_numbers_stand_behind_small_ones() =>
        Shows("@u[18446744073709551615]: 1\n@u[1]: 18446744073709551615\n", """{"type": "map", "data": {"@u": {"18446744073709551615": 1, "1": "18446744073709551615"}}}""",
            new("@u", TraceType.UInt64, TraceType.UInt64), [new(Stored.Words(1), Stored.Words(-1)), new(Stored.Words(-1), Stored.Words(1))]);

    // @sk["x",3]="y"; @sk["b",9]="z"; @sk["b",-1]="q"; @sk["a",5]="w";
    [Fact]
    public void Other_values_are_sorted_by_key()
    {
        TraceType.Tuple key = new([Word, Int8]);
        MapEntry[] entries = [.. new[] { ("x", 3, "y"), ("b", 9, "z"), ("b", -1, "q"), ("a", 5, "w") }
            .Select(e => new MapEntry(Stored.Value(key, new object[] { e.Item1, e.Item2 }), Stored.Value(Word, e.Item3)))];

        Shows("@sk[a, 5]: w\n@sk[b, -1]: q\n@sk[b, 9]: z\n@sk[x, 3]: y\n", """{"type": "map", "data": {"@sk": {"a,5": "w", "b,-1": "q", "b,9": "z", "x,3": "y"}}}""",
            new("@sk", key, Word), entries);
        Shows("@sk[b, 9]: z\n@sk[x, 3]: y\n", """{"type": "map", "data": {"@sk": {"b,9": "z", "x,3": "y"}}}""", new("@sk", key, Word), entries, top: 2);
    }

    // @tu[(1,2),"z"] = (3, "q");
    [Fact]
    public void Tuples_inside_keys_keep_their_parentheses()
    {
        TraceType.Tuple key = new([new TraceType.Tuple([Int8, Int8]), Word]), value = new([Int8, Word]);

        Shows("@tu[(1, 2), z]: (3, q)\n", """{"type": "map", "data": {"@tu": {"(1,2),z": [3,"q"]}}}""", new("@tu", key, value),
            [new(Stored.Value(key, new object[] { new object[] { 1, 2 }, "z" }), Stored.Value(value, new object[] { 3, "q" }))]);
    }

    [Fact]
    public void Keys_of_JSON_are_text() =>
        Shows("@ek[GREEN]: RED\n", """{"type": "map", "data": {"@ek": {"GREEN": 0}}}""", new("@ek", Color, Color), [new(Stored.Value(Color, 5), Stored.Value(Color, 0))]);

    [Fact]
    public void Quotes_and_line_breaks_of_keys_are_escaped_in_JSON()
    {
        MapEntry[] entries = [.. new[] { ("a b", 1), ("b\"c", 2), ("d\ne", 3) }.Select(e => new MapEntry(Stored.Value(Word, e.Item1), Stored.Words(e.Item2)))];

        Shows("@x[a b]: 1\n@x[b\"c]: 2\n@x[d\ne]: 3\n", """{"type": "map", "data": {"@x": {"a b": 1, "b\"c": 2, "d\ne": 3}}}""", new("@x", Word, Int64), entries);
    }

    [Fact]
    public void Stacks_of_keys_have_lines_of_their_own()
    {
        TraceType stack = new TraceType.Stack(false, StackMode.Bpftrace, 2), count = new TraceType.Aggregate(new Aggregation.Count());
        TraceType.Tuple key = new([stack, Word]);

        Shows("@[\n        irqentry_exit_to_user_mode+261\n        asm_sysvec_reschedule_ipi+22\n]: 1\n",
            """{"type": "map", "data": {"@": {"\nirqentry_exit_to_user_mode+261\nasm_sysvec_reschedule_ipi+22\n": 1}}}""",
            new("@", stack, count), [new(Stored.Words(3), Stored.Words(1, 0))]);
        Shows("@m[\n        irqentry_exit_to_user_mode+261\n        asm_sysvec_reschedule_ipi+22\n, .NET TP Worker]: 1\n",
            """{"type": "map", "data": {"@m": {"\nirqentry_exit_to_user_mode+261\nasm_sysvec_reschedule_ipi+22\n,.NET TP Worker": 1}}}""",
            new("@m", key, count), [new(Stored.Value(key, new object[] { 3, ".NET TP Worker" }), Stored.Words(1, 0))]);
    }

    // @a[1]=sum(100); @a[2]=sum(50); @a[3]=sum(200); @a[4]=sum(7); print(@a,2); print(@a,2,10); print(@a,0,10);
    [Theory]
    [InlineData(2, 0, "@a[1]: 100\n@a[3]: 200\n", """{"1": 100, "3": 200}""")]
    [InlineData(2, 10, "@a[1]: 10\n@a[3]: 20\n", """{"1": 10, "3": 20}""")]
    [InlineData(0, 10, "@a[4]: 0\n@a[2]: 5\n@a[1]: 10\n@a[3]: 20\n", """{"4": 0, "2": 5, "1": 10, "3": 20}""")]
    [InlineData(10, 0, "@a[4]: 7\n@a[2]: 50\n@a[1]: 100\n@a[3]: 200\n", """{"4": 7, "2": 50, "1": 100, "3": 200}""")]
    public void The_top_entries_are_the_last_and_numbers_are_divided(int top, long divisor, string text, string json) =>
        Shows(text, $$$"""{"type": "map", "data": {"@a": {{{json}}}}}""", new("@a", Int8, new TraceType.Aggregate(new Aggregation.Sum(true))),
            [.. new[] { (1, 100), (2, 50), (3, 200), (4, 7) }.Select(e => new MapEntry(Stored.Value(Int8, e.Item1), Stored.Words(e.Item2, 0)))], top, divisor);

    [Fact]
    public void Only_the_average_of_statistics_is_divided()
    {
        TraceType statistics = new TraceType.Aggregate(new Aggregation.Statistics(true));

        Shows("@st[2]: { .count = 2, .average = 1, .total = 4 }\n@st[1]: { .count = 1, .average = 5, .total = 10 }\n",
            """{"type": "stats", "data": {"@st": {"2": {"count": 2, "average": 1, "total": 4}, "1": {"count": 1, "average": 5, "total": 10}}}}""",
            new("@st", Int8, statistics), [new([1], Stored.Words(10, 1)), new([2], Stored.Words(4, 2))], divisor: 2);
    }

    [Fact]
    public void Divided_negative_numbers_are_cut_towards_zero() =>
        Shows("@mi: -4\n", """{"type": "map", "data": {"@mi": -4}}""", new("@mi", TraceType.None, new TraceType.Aggregate(new Aggregation.Minimum(true))), [new([], Stored.Words(-9, 1))], divisor: 2);

    // @c[1]=1; @c[0xffffffff]=1 …: bpftrace takes all keys for signed
    [Fact]
    public void Keys_are_ordered_by_what_they_mean()
    {
        TraceType uint32 = TraceType.UInt32, pointer = new TraceType.Pointer(TraceType.None, MemorySpace.Kernel);
        TraceType.Tuple key = new([new TraceType.Array(new TraceType.Integer(1, true), 2), uint32, pointer]);
        object[][] keys =
        [
            [new object[] { 1, -1 }, 1, 16],
            [new object[] { 1, -1 }, 1, 0xffff888189c52180],
            [new object[] { 1, -1 }, 0xffffffff, 8],
            [new object[] { 1, 2 }, 0, 0],
            [new object[] { 2, -5 }, 0, 0],
        ];
        MapEntry[] entries = [.. keys.Reverse().Select(k => new MapEntry(Stored.Value(key, k), Stored.Value(Word, "x")))];

        Assert.Equal("""
            @k[[1,-1], 1, 0x10]: x
            @k[[1,-1], 1, 0xffff888189c52180]: x
            @k[[1,-1], 4294967295, 0x8]: x
            @k[[1,2], 0, 0x0]: x
            @k[[2,-5], 0, 0x0]: x

            """, Printed.AsText(o => o.Map(new("@k", key, Word), entries)));
    }

    [Fact]
    public void A_map_without_entries_is_not_shown() => Shows("", null, new("@e", Int8, Int64), []);

    // print(@n); print(@c); print(@h); print(@st); print(@str); of maps that nobody has set
    [Fact]
    public void A_map_that_holds_nothing_is_zero_when_a_script_asks_for_it()
    {
        Aggregation[] aggregations = [new Aggregation.Count(), new Aggregation.Statistics(true), new Aggregation.Log2(0)];
        TraceType[] types = [Int64, Word, .. aggregations.Select(a => new TraceType.Aggregate(a))];

        Assert.Equal("@n: 0\n@n: \n@n: 0\n@n: { .count = 0, .average = 0, .total = 0 }\n",
            Printed.AsText(o => Array.ForEach(types, t => o.UnsetMap(new("@n", TraceType.None, t)))));
    }

    internal static void Shows(string text, string? json, MapShape shape, IReadOnlyList<MapEntry> entries, int top = 0, long divisor = 0)
    {
        Assert.Equal(text, Printed.AsText(o => o.Map(shape, entries, top, divisor)));
        Assert.Equal(json is null ? "" : json + "\n", Printed.AsJson(o => o.Map(shape, entries, top, divisor)));
    }
}
