// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Tests.Values;

/// <summary>Sets of numbers by their bits: all small ones with all their members, and large ones with some.</summary>
public sealed class TnumTests
{
    private const int Bits = 4;
    private const int Cases = 12_000;

    private static readonly Tnum[] Small =
        [.. from value in Enumerable.Range(0, 1 << Bits) from mask in Enumerable.Range(0, 1 << Bits) where (value & mask) == 0 select new Tnum((ulong)value, (ulong)mask)];

    [Theory]
    [InlineData(0)]
    [InlineData(60)]
    public void The_next_number_of_a_set_is_the_least_one_above(int shift)
    {
        foreach (var small in Small)
        {
            Tnum set = new(small.Value << shift, small.Mask << shift);
            ulong[] members = [.. Members(small).Select(m => m << shift).Order()];
            for (int i = 0; i < 1 << Bits; i++)
            {
                ulong number = (ulong)i << shift;
                Assert.Equal(members.Where(m => m > number).DefaultIfEmpty(members[^1]).First(), set.NextAfter(number));
            }
        }
    }

    [Fact]
    public void Every_operation_on_small_sets_keeps_every_result()
    {
        foreach (var a in Small)
        {
            foreach (var b in Small)
            {
                Tnum sum = a + b, difference = a - b, product = a * b, common = a & b, joined = a | b, differing = a ^ b, union = a.Union(b);
                bool overlap = false;
                foreach (ulong x in Members(a))
                {
                    if (!union.Contains(x)) Assert.Fail($"{a} ∪ {b}: {x}");
                    foreach (ulong y in Members(b))
                    {
                        overlap |= x == y;
                        if (x == y && !a.Intersect(b).Contains(x)) Assert.Fail($"{a} ∩ {b}: {x}");
                        if (!sum.Contains(x + y)) Assert.Fail($"{a} + {b}: {x} + {y}");
                        if (!difference.Contains(x - y)) Assert.Fail($"{a} - {b}: {x} - {y}");
                        if (!product.Contains(x * y)) Assert.Fail($"{a} * {b}: {x} * {y}");
                        if (!common.Contains(x & y)) Assert.Fail($"{a} & {b}: {x} & {y}");
                        if (!joined.Contains(x | y)) Assert.Fail($"{a} | {b}: {x} | {y}");
                        if (!differing.Contains(x ^ y)) Assert.Fail($"{a} ^ {b}: {x} ^ {y}");
                    }
                }

                Assert.Equal(overlap, a.Overlaps(b));
                Assert.Equal(Members(b).All(a.Contains), a.Contains(b));
            }
        }
    }

    [Fact]
    public void A_small_range_of_numbers_has_all_of_them_and_no_smaller_set_has()
    {
        for (ulong least = 0; least < 1 << Bits; least++)
        {
            for (ulong greatest = least; greatest < 1 << Bits; greatest++)
            {
                var range = Tnum.Range(least, greatest);

                for (ulong number = least; number <= greatest; number++) Assert.True(range.Contains(number));
                Assert.DoesNotContain(Small, t => t != range && range.Contains(t) && Members(range).All(n => n < least || n > greatest || t.Contains(n)));
            }
        }
    }

    [Fact]
    public void Operations_on_large_sets_keep_the_results_of_members()
    {
        RandomNumbers numbers = new(1);
        for (int i = 0; i < Cases; i++)
        {
            ulong[] xs = numbers.Members(), ys = numbers.Members();
            Tnum a = numbers.BitsOf(xs), b = numbers.BitsOf(ys);
            ulong x = xs[0], y = ys[0];
            int bits = numbers.Below(64), half = numbers.Below(32);
            ulong least = Math.Min(x, xs[1]), greatest = Math.Max(x, xs[1]);

            Check(a, x, "the set itself");
            Check(a + b, x + y, "+");
            Check(a - b, x - y, "-");
            Check(a * b, x * y, "*");
            Check(a & b, x & y, "&");
            Check(a | b, x | y, "|");
            Check(a ^ b, x ^ y, "^");
            Check(a << bits, x << bits, "<<");
            Check(a >>> bits, x >> bits, ">>");
            Check(a.ShiftArithmetically(bits, is32: false), (ulong)((long)x >> bits), "s>>");
            Check(a.Lower.ShiftArithmetically(half, is32: true), (uint)((int)x >> half), "s>> of a half");
            Check(a.WithLower(b), (x & ~(ulong)uint.MaxValue) | (uint)y, "with another lower half");
            Check(a.Union(b), x, "∪");
            Check(Tnum.Range(least, greatest), least + ((greatest - least) / 2), "range");
            foreach (int bytes in new[] { 1, 2, 4 }) Check(a.Truncate(bytes), x & ((1UL << (bytes * 8)) - 1), "truncate");
            if (a.IsAligned(1UL << (bits & 7))) Assert.Equal(0UL, x & ((1UL << (bits & 7)) - 1));
            Assert.InRange(x, a.Least, a.Greatest);

            void Check(Tnum set, ulong number, string what)
            {
                if (!set.Contains(number)) Assert.Fail($"seed 1, case {i}, {what}: {x:x} of {a} and {y:x} of {b} give {number:x}, which is not in {set}");
            }
        }
    }

    private static IEnumerable<ulong> Members(Tnum set)
    {
        for (ulong number = 0; number < 1 << Bits; number++)
        {
            if (set.Contains(number)) yield return number;
        }
    }
}
