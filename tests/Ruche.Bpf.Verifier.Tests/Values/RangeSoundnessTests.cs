// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Tests.Values;

/// <summary>Whatever is computed with numbers of two ranges is in the range that is computed from them, as each release computes it.</summary>
public sealed class RangeSoundnessTests
{
    private const int Cases = 12_000;

    private delegate ScalarRange Abstract(in ScalarRange left, in ScalarRange right, Reasoning how);

    private static readonly Reasoning[] Releases = [.. KernelProfile.All.Select(p => p.Reasoning).Distinct()];

    [Fact]
    public void A_sum_is_in_the_sum_of_ranges() => Holds(1, ScalarRange.Add, (a, b) => a + b);

    [Fact]
    public void A_difference_is_in_the_difference_of_ranges() => Holds(2, ScalarRange.Subtract, (a, b) => a - b);

    [Fact]
    public void A_product_is_in_the_product_of_ranges() => Holds(3, ScalarRange.Multiply, (a, b) => a * b);

    [Fact]
    public void Common_bits_are_in_the_common_bits_of_ranges() => Holds(4, ScalarRange.And, (a, b) => a & b);

    [Fact]
    public void Joined_bits_are_in_the_joined_bits_of_ranges() => Holds(5, ScalarRange.Or, (a, b) => a | b);

    [Fact]
    public void Differing_bits_are_in_the_differing_bits_of_ranges() => Holds(6, ScalarRange.Xor, (a, b) => a ^ b);

    [Fact]
    public void A_number_moved_to_the_left_is_in_the_moved_range()
    {
        HoldsMoved(7, 64, (r, n, how) => r.ShiftLeft(n, how).Settle(how), (a, n) => a << n);
        HoldsMoved(8, 32, (r, n, how) => r.ShiftLeft32(n, how).ZeroExtend32(how), (a, n) => (uint)a << n);
    }

    [Fact]
    public void A_number_moved_to_the_right_is_in_the_moved_range()
    {
        HoldsMoved(9, 64, (r, n, how) => r.ShiftRight(n, how).Settle(how), (a, n) => a >> n);
        HoldsMoved(10, 32, (r, n, how) => r.ShiftRight32(n, how).ZeroExtend32(how), (a, n) => (uint)a >> n);
    }

    [Fact]
    public void A_number_moved_to_the_right_with_its_sign_is_in_the_moved_range()
    {
        HoldsMoved(11, 64, (r, n, how) => r.ShiftArithmetically(n, how).Settle(how), (a, n) => (ulong)((long)a >> n));
        HoldsMoved(12, 32, (r, n, how) => r.ShiftArithmetically32(n, how).ZeroExtend32(how), (a, n) => (uint)((int)a >> n));
    }

    [Fact]
    public void A_truncated_number_is_in_the_truncated_range() =>
        HoldsSized(13, [1, 2, 4, 8], (r, bytes, how) => r.Truncate(bytes, how), (a, bytes) => bytes == 8 ? a : a & ((1UL << (bytes * 8)) - 1));

    [Fact]
    public void A_number_with_its_sign_extended_is_in_the_extended_range()
    {
        HoldsSized(14, [1, 2, 4], (r, bytes, how) => r.SignExtend(bytes), (a, bytes) => (ulong)((long)(a << (64 - (bytes * 8))) >> (64 - (bytes * 8))));
        HoldsSized(15, [1, 2], (r, bytes, how) => r.SignExtend32(bytes, how), (a, bytes) => (uint)((int)((uint)a << (32 - (bytes * 8))) >> (32 - (bytes * 8))));
    }

    [Fact]
    public void The_lower_half_is_in_the_zero_extended_range() => HoldsSized(16, [4], (r, _, how) => r.ZeroExtend32(how), (a, _) => (uint)a);

    [Fact]
    public void What_ranges_learn_from_themselves_excludes_no_member()
    {
        HoldsSized(17, [0], (r, _, how) => r.Settle(how), (a, _) => a);
        HoldsSized(18, [0], (r, _, how) => r.LearnFromBits(how), (a, _) => a);
        HoldsSized(19, [0], (r, _, how) => r.Forget32().Settle(how), (a, _) => a);
        HoldsSized(20, [0], (r, _, how) => r.Forget64().Settle(how), (a, _) => a);
        HoldsSized(21, [0], (r, _, how) => r.ForgetBounds().Settle(how), (a, _) => a);
    }

    [Fact]
    public void An_interval_has_all_that_lies_between_its_ends()
    {
        RandomNumbers numbers = new(22);
        for (int i = 0; i < Cases; i++)
        {
            long a = (long)numbers.Number(), b = (long)numbers.Number(), c = (long)numbers.Number();
            long[] sorted = [.. new[] { a, b, c }.Order()];

            var range = ScalarRange.Between(sorted[0], sorted[2]);

            if (!range.Contains((ulong)sorted[1])) Assert.Fail($"seed 22, case {i}: {sorted[1]} is not in {range}");
        }
    }

    [Fact]
    public void What_is_in_a_range_of_a_range_is_in_it()
    {
        RandomNumbers numbers = new(23);
        int contained = 0;
        for (int i = 0; i < Cases; i++)
        {
            var how = numbers.Pick<Reasoning>(Releases);
            ulong[] members = numbers.Members();
            ScalarRange wide = numbers.RangeOf(members), narrow = numbers.RangeOf(members[0]);
            if (numbers.Below(2) == 0) wide = wide.Settle(how);
            if (!wide.Contains(narrow)) continue;
            contained++;

            if (!wide.Contains(members[0])) Assert.Fail($"seed 23, case {i}: {members[0]:x} of {narrow} is not in {wide}");
        }

        Assert.InRange(contained, Cases / 50, Cases);
    }

    // The whole number, and the lower half as 32-bit arithmetic leaves it; of members whose ranges have learnt from themselves, or not yet.
    private static void Holds(int seed, Abstract combine, Func<ulong, ulong, ulong> compute)
    {
        RandomNumbers numbers = new(seed);
        for (int i = 0; i < Cases; i++)
        {
            var how = numbers.Pick<Reasoning>(Releases);
            ulong[] lefts = numbers.Members(), rights = numbers.Members();
            ScalarRange left = numbers.RangeOf(lefts), right = numbers.RangeOf(rights);
            if (numbers.Below(4) != 0) (left, right) = (left.Settle(how), right.Settle(how));

            var result = combine(left, right, how);
            ScalarRange whole = result.Settle(how), half = result.ZeroExtend32(how);

            foreach (ulong a in lefts)
            {
                foreach (ulong b in rights)
                {
                    ulong exact = compute(a, b);
                    if (!whole.Contains(exact)) Assert.Fail($"seed {seed}, case {i}: {a:x} of {left} and {b:x} of {right} give {exact:x}, which is not in {whole}");
                    if (!half.Contains((uint)exact)) Assert.Fail($"seed {seed}, case {i}: {a:x} of {left} and {b:x} of {right} give {(uint)exact:x}, which is not in {half}");
                }
            }
        }
    }

    private static void HoldsMoved(int seed, int width, Func<ScalarRange, int, Reasoning, ScalarRange> move, Func<ulong, int, ulong> compute) =>
        HoldsSized(seed, [.. Enumerable.Range(0, width)], move, compute);

    private static void HoldsSized(int seed, int[] sizes, Func<ScalarRange, int, Reasoning, ScalarRange> change, Func<ulong, int, ulong> compute)
    {
        RandomNumbers numbers = new(seed);
        for (int i = 0; i < Cases; i++)
        {
            var how = numbers.Pick<Reasoning>(Releases);
            ulong[] members = numbers.Members();
            var range = numbers.RangeOf(members);
            if (numbers.Below(4) != 0) range = range.Settle(how);
            int size = numbers.Pick<int>(sizes);

            var changed = change(range, size, how);

            foreach (ulong member in members)
            {
                ulong exact = compute(member, size);
                if (!changed.Contains(exact)) Assert.Fail($"seed {seed}, case {i}: {member:x} of {range} gives {exact:x} by {size}, which is not in {changed}");
            }
        }
    }
}
