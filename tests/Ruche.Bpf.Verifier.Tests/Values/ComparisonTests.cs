// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Tests.Values;

/// <summary>What a jump decides beforehand and teaches afterwards, against numbers that are compared indeed.</summary>
public sealed class ComparisonTests
{
    private const int Cases = 6_000;

    private static readonly Reasoning[] Releases = [.. KernelProfile.All.Select(p => p.Reasoning).Distinct()];

    private static readonly JumpOperation[] Operations =
    [
        JumpOperation.Equal, JumpOperation.NotEqual, JumpOperation.Set, JumpOperation.Greater, JumpOperation.GreaterOrEqual, JumpOperation.Less,
        JumpOperation.LessOrEqual, JumpOperation.SignedGreater, JumpOperation.SignedGreaterOrEqual, JumpOperation.SignedLess,
        JumpOperation.SignedLessOrEqual,
    ];

    public static TheoryData<JumpOperation, bool> Jumps
    {
        get
        {
            TheoryData<JumpOperation, bool> jumps = [];
            foreach (var operation in Operations)
            {
                jumps.Add(operation, true);
                jumps.Add(operation, false);
            }

            return jumps;
        }
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public void A_jump_decided_beforehand_goes_that_way(JumpOperation operation, bool is32)
    {
        int seed = Seed(operation, is32), decided = 0;
        RandomNumbers numbers = new(seed);
        for (int i = 0; i < Cases; i++)
        {
            var how = numbers.Pick<Reasoning>(Releases);
            var (a, left, b, right) = Pair(numbers, how);

            bool? decision = Comparison.Decide(left, right, operation, is32, how);

            if (decision is null) continue;
            decided++;
            if (decision != Is(operation, a, b, is32)) Assert.Fail($"seed {seed}, case {i}: {operation} of {a:x} in {left} and {b:x} in {right} was said to be {decision}");
        }

        Assert.InRange(decided, Cases / 100, Cases);
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public void What_a_jump_teaches_excludes_no_pair_that_went_its_way(JumpOperation operation, bool is32)
    {
        int seed = 100 + Seed(operation, is32);
        RandomNumbers numbers = new(seed);
        for (int i = 0; i < Cases; i++)
        {
            var how = numbers.Pick<Reasoning>(Releases);
            var (a, left, b, right) = Pair(numbers, how);
            bool holds = Is(operation, a, b, is32);

            var (newLeft, newRight) = Comparison.Learn(left, right, operation, is32, holds, how);

            if (!(newLeft.Contains(a) && newRight.Contains(b))) Assert.Fail($"seed {seed}, case {i}: {operation} of {a:x} in {left} and {b:x} in {right} is {holds}, and they are not in {newLeft} and {newRight}");
        }
    }

    [Theory]
    [MemberData(nameof(Jumps))]
    public void The_opposite_holds_when_a_comparison_does_not(JumpOperation operation, bool is32)
    {
        var opposite = Comparison.Opposite(operation);
        if (opposite == operation) return;
        RandomNumbers numbers = new(Seed(operation, is32));
        for (int i = 0; i < 1_000; i++)
        {
            ulong a = numbers.Number(), b = numbers.Below(3) == 0 ? a : numbers.Number();

            Assert.NotEqual(Is(operation, a, b, is32), Is(opposite, a, b, is32));
        }
    }

    private static int Seed(JumpOperation operation, bool is32) => ((int)operation * 2) + (is32 ? 1 : 0);

    // As programs have them: often against a constant, often with numbers in common.
    private static (ulong A, ScalarRange Left, ulong B, ScalarRange Right) Pair(RandomNumbers numbers, Reasoning how)
    {
        ulong[] lefts = numbers.Members(), rights = numbers.Below(2) == 0 ? numbers.Members() : [lefts[1], numbers.Number()];
        ScalarRange left = numbers.RangeOf(lefts).Settle(how), right = numbers.Below(3) == 0 ? ScalarRange.Constant(rights[0]) : numbers.RangeOf(rights).Settle(how);
        return numbers.Below(2) == 0 ? (lefts[0], left, rights[0], right) : (rights[0], right, lefts[0], left);
    }

    private static bool Is(JumpOperation operation, ulong a, ulong b, bool is32)
    {
        if (is32) (a, b) = ((ulong)(int)a, (ulong)(int)b); // the order of 32-bit numbers, signed or not, survives the sign extension
        return operation switch
        {
            JumpOperation.Equal => a == b,
            JumpOperation.NotEqual => a != b,
            JumpOperation.Set => is32 ? (uint)(a & b) != 0 : (a & b) != 0,
            JumpOperation.Greater => a > b,
            JumpOperation.GreaterOrEqual => a >= b,
            JumpOperation.Less => a < b,
            JumpOperation.LessOrEqual => a <= b,
            JumpOperation.SignedGreater => (long)a > (long)b,
            JumpOperation.SignedGreaterOrEqual => (long)a >= (long)b,
            JumpOperation.SignedLess => (long)a < (long)b,
            _ => (long)a <= (long)b,
        };
    }
}
