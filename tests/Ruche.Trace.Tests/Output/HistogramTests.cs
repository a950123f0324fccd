// SPDX-License-Identifier: MIT
using Ruche.Trace.Output.Maps;
using Ruche.Trace.Types;

namespace Ruche.Trace.Tests.Output;

/// <summary>Histograms as bpftrace 0.27 drew them for the values that the comments give; 0.17 drew the same, with a blank behind the colon.</summary>
public sealed class HistogramTests
{
    private const int Cpus = 2;

    // @h = hist(...) of 0, 1, -5, 2, 3, 1024, 1<<40, 0x7fffffffffffffff; empty buckets between are left out here
    [Fact]
    public void Powers_of_two_are_named_by_letters()
    {
        string text = Draw(new Aggregation.Log2(0), 0, 1, -5, 2, 3, 1024, 1L << 40, long.MaxValue);

        Assert.Equal("""
            @h:
            (..., 0)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
            [0]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
            [1]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
            [2, 4)                 2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
            [1K, 2K)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
            [1T, 2T)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
            [4E, 8E)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |


            """, string.Join('\n', text.Split('\n').Where(l => !l.Contains(" 0 |", StringComparison.Ordinal))));
    }

    // @h=hist(-1); @h=hist(0); @h=hist(7); @h=hist(7); @h=hist(7); @h=hist(100);
    [Fact]
    public void Empty_buckets_between_are_drawn() => Assert.Equal("""
        @h:
        (..., 0)               1 |@@@@@@@@@@@@@@@@@                                   |
        [0]                    1 |@@@@@@@@@@@@@@@@@                                   |
        [1]                    0 |                                                    |
        [2, 4)                 0 |                                                    |
        [4, 8)                 3 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
        [8, 16)                0 |                                                    |
        [16, 32)               0 |                                                    |
        [32, 64)               0 |                                                    |
        [64, 128)              1 |@@@@@@@@@@@@@@@@@                                   |


        """, Draw(new Aggregation.Log2(0), -1, 0, 7, 7, 7, 100));

    // hist(n,2) of 2, 8, 9, 15, 3, 40
    [Fact]
    public void Bits_divide_each_power() => Assert.Equal("""
        @h:
        [2]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
        [3]                    1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
        [4]                    0 |                                                    |
        [5]                    0 |                                                    |
        [6]                    0 |                                                    |
        [7]                    0 |                                                    |
        [8, 10)                2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
        [10, 12)               0 |                                                    |
        [12, 14)               0 |                                                    |
        [14, 16)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |
        [16, 20)               0 |                                                    |
        [20, 24)               0 |                                                    |
        [24, 28)               0 |                                                    |
        [28, 32)               0 |                                                    |
        [32, 40)               0 |                                                    |
        [40, 48)               1 |@@@@@@@@@@@@@@@@@@@@@@@@@@                          |


        """, Draw(new Aggregation.Log2(2), 2, 8, 9, 15, 3, 40));

    [Theory]
    [InlineData(2, 5000, "[4K, 5K)  ")]
    [InlineData(1, 1500, "[1024, 1536)  ")]
    [InlineData(5, 63, "[63]  ")]
    [InlineData(5, 65, "[64, 66)  ")]
    public void A_bound_is_shortened_only_when_the_bits_leave_it_whole(int bits, long value, string label) =>
        Assert.StartsWith(label, Draw(new Aggregation.Log2(bits), value)["@h:\n".Length..], StringComparison.Ordinal);

    // lhist(n,0,10,2) of -5, 0, 0, 0, 9, 10, 50
    [Fact]
    public void Equal_steps_have_a_bucket_below_and_one_above()
    {
        Aggregation steps = new Aggregation.Linear(0, 10, 2);
        long[] values = [-5, 0, 0, 0, 9, 10, 50];

        Assert.Equal("""
            @h:
            (..., 0)               1 |@@@@@@@@@@@@@@@@@                                   |
            [0, 2)                 3 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
            [2, 4)                 0 |                                                    |
            [4, 6)                 0 |                                                    |
            [6, 8)                 0 |                                                    |
            [8, 10)                1 |@@@@@@@@@@@@@@@@@                                   |
            [10, ...)              2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@                  |


            """, Draw(steps, values));
        Assert.Equal("""
            {"type": "hist", "data": {"@h": [{"max": -1, "count": 1},{"min": 0, "max": 1, "count": 3},{"min": 2, "max": 3, "count": 0},{"min": 4, "max": 5, "count": 0},{"min": 6, "max": 7, "count": 0},{"min": 8, "max": 9, "count": 1},{"min": 10, "count": 2}]}}

            """, Printed.AsJson(o => o.Map(Scalar(steps), [Entry(steps, values)])));
    }

    [Theory]
    [InlineData(0, 10, 1, 5, "[5]  ")]
    [InlineData(0, 4096, 1024, 1500, "[1K, 2K)  ")]
    [InlineData(0, 4194304, 1048576, 3000000, "[2M, 3M)  ")]
    [InlineData(10, 20, 5, 15, "[15, 20)  ")]
    [InlineData(0, 10, 5, 99, "[10, ...)  ")]
    [InlineData(0, 10, 5, -1, "(..., 0)  ")]
    [InlineData(0, 8192, 1024, 9999, "[8K, ...)  ")]
    public void A_step_is_named_by_its_bounds(long from, long to, long step, long value, string label) =>
        Assert.StartsWith(label, Draw(new Aggregation.Linear(from, to, step), value)["@h:\n".Length..], StringComparison.Ordinal);

    [Fact]
    public void A_zeroed_histogram_is_empty() =>
        MapOutputTests.Shows("@h:\n\n", """{"type": "hist", "data": {"@h": []}}""", Scalar(new Aggregation.Log2(0)), [Entry(new Aggregation.Log2(0))]);

    // @h=hist(1<<62): the greatest value fits no double
    [Fact]
    public void Bounds_that_no_double_holds_are_text_in_JSON() =>
        Assert.Equal("{\"type\": \"hist\", \"data\": {\"@h\": [{\"min\": 4611686018427387904, \"max\": \"9223372036854775807\", \"count\": 1}]}}\n",
            Printed.AsJson(o => o.Map(Scalar(new Aggregation.Log2(0)), [Entry(new Aggregation.Log2(0), 1L << 62)])));

    // @t=hist(4); @t=hist(4); @t=hist(4); @t=hist(9); print(@t,0,2);
    [Fact]
    public void Counts_are_divided_and_bars_follow() => Assert.Equal("""
        @h:
        [4, 8)                 1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|
        [8, 16)                0 |                                                    |


        """, Printed.AsText(o => o.Map(Scalar(new Aggregation.Log2(0)), [Entry(new Aggregation.Log2(0), 4, 4, 4, 9)], divisor: 2)));

    // @hq["a b","c"]=hist(5); @hq["a b","c"]=hist(6); @hq["d","e"]=hist(100);
    [Fact]
    public void The_buckets_of_a_key_stand_together_and_the_fullest_histogram_last()
    {
        TraceType.Tuple key = new([new TraceType.Text(4), new TraceType.Text(4)]);
        Aggregation powers = new Aggregation.Log2(0);
        MapShape shape = new("@hq", key, new TraceType.Aggregate(powers));
        byte[] first = Stored.Value(key, new object[] { "a b", "c" }), second = Stored.Value(key, new object[] { "d", "e" });
        MapEntry[] entries =
        [
            new([.. first, .. Stored.Words(LogBuckets.Of(5, 0))], Stored.Words(1, 1)),
            new([.. second, .. Stored.Words(LogBuckets.Of(100, 0))], Stored.Words(0, 1)),
        ];

        MapOutputTests.Shows("""
            @hq[d, e]:
            [64, 128)              1 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|

            @hq[a b, c]:
            [4, 8)                 2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|


            """, """{"type": "hist", "data": {"@hq": {"d,e": [{"min": 64, "max": 127, "count": 1}], "a b,c": [{"min": 4, "max": 7, "count": 2}]}}}""", shape, entries);
        MapOutputTests.Shows("""
            @hq[a b, c]:
            [4, 8)                 2 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|


            """, """{"type": "hist", "data": {"@hq": {"a b,c": [{"min": 4, "max": 7, "count": 2}]}}}""", shape, entries, top: 1);
    }

    [Fact]
    public void A_histogram_by_key_may_have_several_buckets()
    {
        Aggregation powers = new Aggregation.Log2(0);
        MapShape shape = new("@h", new TraceType.Integer(8, true), new TraceType.Aggregate(powers));

        Assert.Equal("""
            @h[-1]:
            [1]                    1 |@@@@@@@@@@@@@@@@@                                   |
            [2, 4)                 3 |@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@@|


            """, Printed.AsText(o => o.Map(shape, [new(Stored.Words(-1, 3), Stored.Words(2, 1)), new(Stored.Words(-1, 2), Stored.Words(0, 1))])));
    }

    private static MapShape Scalar(Aggregation aggregation) => new("@h", TraceType.None, new TraceType.Aggregate(aggregation));

    private static string Draw(Aggregation aggregation, params long[] values) => Printed.AsText(o => o.Map(Scalar(aggregation), [Entry(aggregation, values)]));

    /// <summary>Values counted by turns on the CPUs.</summary>
    private static MapEntry Entry(Aggregation aggregation, params long[] values)
    {
        long[] words = new long[aggregation.Words * Cpus];
        for (int i = 0; i < values.Length; i++) words[(i % Cpus * aggregation.Words) + BucketOf(aggregation, values[i])]++;
        return new([], Stored.Words(words));
    }

    private static int BucketOf(Aggregation aggregation, long value) => aggregation switch
    {
        Aggregation.Log2 x => LogBuckets.Of(value, x.Bits),
        Aggregation.Linear x when value < x.From => 0,
        Aggregation.Linear x when value >= x.To => x.Words - 1,
        Aggregation.Linear x => 1 + (int)((value - x.From) / x.Step),
        _ => throw new ArgumentOutOfRangeException(nameof(aggregation)),
    };
}
