// SPDX-License-Identifier: MIT
using System.Numerics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier.Values;

/// <summary>What a conditional jump knows of its operands beforehand, and teaches about them afterwards.</summary>
internal static class Comparison
{
    /// <summary>Whether the jump is always (true) or never (false) taken; null when either may happen.</summary>
    public static bool? Decide(in ScalarRange left, in ScalarRange right, JumpOperation operation, bool is32, Reasoning how)
    {
        if (how.ComparesRanges || Half(right.Bits, is32).IsConstant) return Decided(left, right, operation, is32, how);
        return how.DecidesByBounds && Half(left.Bits, is32).IsConstant ? Decided(left, right, operation, is32, how) : null;
    }

    private static bool? Decided(in ScalarRange left, in ScalarRange right, JumpOperation operation, bool is32, Reasoning how) => operation switch
    {
        JumpOperation.Equal => IsDifferent(left, right, is32, how) ? false : IsSame(left, right, is32) ? true : null,
        JumpOperation.NotEqual => IsDifferent(left, right, is32, how) ? true : IsSame(left, right, is32) ? false : null,
        JumpOperation.Set => HasCommonBits(Half(left.Bits, is32), Half(right.Bits, is32)),
        JumpOperation.Greater => is32 ? Decide(left.Least32 > right.Greatest32, left.Greatest32 <= right.Least32) : Decide(left.Least > right.Greatest, left.Greatest <= right.Least),
        JumpOperation.SignedGreater => is32 ? Decide(left.SignedLeast32 > right.SignedGreatest32, left.SignedGreatest32 <= right.SignedLeast32) : Decide(left.SignedLeast > right.SignedGreatest, left.SignedGreatest <= right.SignedLeast),
        JumpOperation.GreaterOrEqual => is32 ? Decide(left.Least32 >= right.Greatest32, left.Greatest32 < right.Least32) : Decide(left.Least >= right.Greatest, left.Greatest < right.Least),
        JumpOperation.SignedGreaterOrEqual => is32 ? Decide(left.SignedLeast32 >= right.SignedGreatest32, left.SignedGreatest32 < right.SignedLeast32) : Decide(left.SignedLeast >= right.SignedGreatest, left.SignedGreatest < right.SignedLeast),
        JumpOperation.Less => Decided(right, left, JumpOperation.Greater, is32, how),
        JumpOperation.SignedLess => Decided(right, left, JumpOperation.SignedGreater, is32, how),
        JumpOperation.LessOrEqual => Decided(right, left, JumpOperation.GreaterOrEqual, is32, how),
        JumpOperation.SignedLessOrEqual => Decided(right, left, JumpOperation.SignedGreaterOrEqual, is32, how),
        _ => null,
    };

    /// <summary>The operands after a comparison that holds, or does not.</summary>
    public static (ScalarRange Left, ScalarRange Right) Learn(in ScalarRange left, in ScalarRange right, JumpOperation operation, bool is32, bool holds, Reasoning how)
    {
        if (!how.ComparesRanges) return LearnFromNumber(left, right, operation, is32, holds, how);
        var (l, r) = LearnUnsettled(left, right, holds ? operation : Opposite(operation), is32, isClear: operation is JumpOperation.Set && !holds);
        return (l.Settle(how), r.Settle(how));
    }

    /// <summary>The comparison that holds when another does not; of the bit test there is none, and it is returned itself.</summary>
    public static JumpOperation Opposite(JumpOperation operation) => operation switch
    {
        JumpOperation.Equal => JumpOperation.NotEqual,
        JumpOperation.NotEqual => JumpOperation.Equal,
        JumpOperation.Greater => JumpOperation.LessOrEqual,
        JumpOperation.LessOrEqual => JumpOperation.Greater,
        JumpOperation.GreaterOrEqual => JumpOperation.Less,
        JumpOperation.Less => JumpOperation.GreaterOrEqual,
        JumpOperation.SignedGreater => JumpOperation.SignedLessOrEqual,
        JumpOperation.SignedLessOrEqual => JumpOperation.SignedGreater,
        JumpOperation.SignedGreaterOrEqual => JumpOperation.SignedLess,
        JumpOperation.SignedLess => JumpOperation.SignedGreaterOrEqual,
        _ => operation,
    };

    private static bool? Decide(bool always, bool never) => always ? true : never ? false : null;

    private static Tnum Half(Tnum bits, bool is32) => is32 ? bits.Lower : bits;

    private static bool? HasCommonBits(Tnum left, Tnum right)
    {
        if (!right.IsConstant) (left, right) = (right, left);
        if (!right.IsConstant) return null;
        return (left.Value & right.Value) != 0 ? true : ((left.Mask | left.Value) & right.Value) == 0 ? false : null;
    }

    private static bool IsSame(in ScalarRange left, in ScalarRange right, bool is32)
    {
        var (l, r) = (Half(left.Bits, is32), Half(right.Bits, is32));
        return l.IsConstant && r.IsConstant && l.Value == r.Value;
    }

    private static bool IsDifferent(in ScalarRange left, in ScalarRange right, bool is32, Reasoning how)
    {
        var (l, r) = (Half(left.Bits, is32), Half(right.Bits, is32));
        if ((how.DecidesByBits || (l.IsConstant && r.IsConstant)) && !l.Overlaps(r)) return true;
        if (!how.DecidesByBounds) return false;
        if (!how.ComparesRanges) return IsBeyond(left, right, is32);
        if (left.Least32 > right.Greatest32 || left.Greatest32 < right.Least32) return true;
        if (left.SignedLeast32 > right.SignedGreatest32 || left.SignedGreatest32 < right.SignedLeast32) return true;
        return !is32
            && (left.Least > right.Greatest || left.Greatest < right.Least
                || left.SignedLeast > right.SignedGreatest || left.SignedGreatest < right.SignedLeast);
    }

    // By the width that is compared, and no other.
    private static bool IsBeyond(in ScalarRange left, in ScalarRange right, bool is32) => is32
        ? left.Least32 > right.Greatest32 || left.Greatest32 < right.Least32 || left.SignedLeast32 > right.SignedGreatest32 || left.SignedGreatest32 < right.SignedLeast32
        : left.Least > right.Greatest || left.Greatest < right.Least || left.SignedLeast > right.SignedGreatest || left.SignedGreatest < right.SignedLeast;

    // Only a comparison with a known number teaches, and only about the other one; and that two whole registers are equal.
    private static (ScalarRange Left, ScalarRange Right) LearnFromNumber(
        in ScalarRange left, in ScalarRange right, JumpOperation operation, bool is32, bool holds, Reasoning how)
    {
        var now = holds ? operation : Opposite(operation);
        bool isRight = Half(right.Bits, is32).IsConstant, isLeft = Half(left.Bits, is32).IsConstant;
        if (!isRight && !isLeft)
        {
            if (is32 || now is not JumpOperation.Equal) return (left, right);
            var (a, b) = LearnEqual(left, right, is32: false);
            return (a.Settle(how), b.Settle(how));
        }

        var (l, r) = now is JumpOperation.NotEqual ? (left, right) : LearnUnsettled(left, right, now, is32, isClear: operation is JumpOperation.Set && !holds);
        return isRight ? (Replaced(l), right) : (left, Replaced(r));

        ScalarRange Replaced(in ScalarRange range) => (is32 ? range.ReplaceWhole(how) : range.ReplaceHalf()).Settle(how);
    }

    private static (ScalarRange Left, ScalarRange Right) LearnUnsettled(ScalarRange left, ScalarRange right, JumpOperation operation, bool is32, bool isClear)
    {
        switch (operation)
        {
            case JumpOperation.Equal:
                return LearnEqual(left, right, is32);
            case JumpOperation.NotEqual:
                if (Half(right.Bits, is32).IsConstant) return (Without(left, Half(right.Bits, is32).Value, is32), right);
                return Half(left.Bits, is32).IsConstant ? (left, Without(right, Half(left.Bits, is32).Value, is32)) : (left, right);
            case JumpOperation.Set:
                if (Half(right.Bits, is32).IsConstant) return (LearnBits(left, Half(right.Bits, is32).Value, is32, isClear), right);
                return Half(left.Bits, is32).IsConstant ? (left, LearnBits(right, Half(left.Bits, is32).Value, is32, isClear)) : (left, right);
            case JumpOperation.LessOrEqual:
                return is32
                    ? (left with { Greatest32 = Math.Min(left.Greatest32, right.Greatest32) }, right with { Least32 = Math.Max(left.Least32, right.Least32) })
                    : (left with { Greatest = Math.Min(left.Greatest, right.Greatest) }, right with { Least = Math.Max(left.Least, right.Least) });
            case JumpOperation.Less:
                return is32
                    ? (left with { Greatest32 = Math.Min(left.Greatest32, right.Greatest32 - 1) }, right with { Least32 = Math.Max(left.Least32 + 1, right.Least32) })
                    : (left with { Greatest = Math.Min(left.Greatest, right.Greatest - 1) }, right with { Least = Math.Max(left.Least + 1, right.Least) });
            case JumpOperation.SignedLessOrEqual:
                return is32
                    ? (left with { SignedGreatest32 = Math.Min(left.SignedGreatest32, right.SignedGreatest32) }, right with { SignedLeast32 = Math.Max(left.SignedLeast32, right.SignedLeast32) })
                    : (left with { SignedGreatest = Math.Min(left.SignedGreatest, right.SignedGreatest) }, right with { SignedLeast = Math.Max(left.SignedLeast, right.SignedLeast) });
            case JumpOperation.SignedLess:
                return is32
                    ? (left with { SignedGreatest32 = Math.Min(left.SignedGreatest32, right.SignedGreatest32 - 1) }, right with { SignedLeast32 = Math.Max(left.SignedLeast32 + 1, right.SignedLeast32) })
                    : (left with { SignedGreatest = Math.Min(left.SignedGreatest, right.SignedGreatest - 1) }, right with { SignedLeast = Math.Max(left.SignedLeast + 1, right.SignedLeast) });
            default:
                var (r, l) = LearnUnsettled(right, left, Mirrored(operation), is32, isClear);
                return (l, r);
        }
    }

    private static JumpOperation Mirrored(JumpOperation operation) => operation switch
    {
        JumpOperation.Greater => JumpOperation.Less,
        JumpOperation.GreaterOrEqual => JumpOperation.LessOrEqual,
        JumpOperation.SignedGreater => JumpOperation.SignedLess,
        _ => JumpOperation.SignedLessOrEqual,
    };

    private static (ScalarRange Left, ScalarRange Right) LearnEqual(in ScalarRange left, in ScalarRange right, bool is32)
    {
        if (is32)
        {
            var half = left.Bits.Lower.Intersect(right.Bits.Lower);
            var (sl, sg) = (Math.Max(left.SignedLeast32, right.SignedLeast32), Math.Min(left.SignedGreatest32, right.SignedGreatest32));
            var (ul, ug) = (Math.Max(left.Least32, right.Least32), Math.Min(left.Greatest32, right.Greatest32));
            return (
                left with { Bits = left.Bits.WithLower(half), SignedLeast32 = sl, SignedGreatest32 = sg, Least32 = ul, Greatest32 = ug },
                right with { Bits = right.Bits.WithLower(half), SignedLeast32 = sl, SignedGreatest32 = sg, Least32 = ul, Greatest32 = ug });
        }

        var (a, b) = (Math.Max(left.SignedLeast, right.SignedLeast), Math.Min(left.SignedGreatest, right.SignedGreatest));
        var (c, d) = (Math.Max(left.Least, right.Least), Math.Min(left.Greatest, right.Greatest));
        var bits = left.Bits.Intersect(right.Bits);
        return (
            left with { Bits = bits, SignedLeast = a, SignedGreatest = b, Least = c, Greatest = d },
            right with { Bits = bits, SignedLeast = a, SignedGreatest = b, Least = c, Greatest = d });
    }

    // A number is taken out of an interval only where it is one of the ends.
    private static ScalarRange Without(in ScalarRange range, ulong number, bool is32)
    {
        if (is32)
        {
            return range with
            {
                Least32 = range.Least32 == (uint)number ? range.Least32 + 1 : range.Least32,
                Greatest32 = range.Greatest32 == (uint)number ? range.Greatest32 - 1 : range.Greatest32,
                SignedLeast32 = range.SignedLeast32 == (int)number ? range.SignedLeast32 + 1 : range.SignedLeast32,
                SignedGreatest32 = range.SignedGreatest32 == (int)number ? range.SignedGreatest32 - 1 : range.SignedGreatest32,
            };
        }

        return range with
        {
            Least = range.Least == number ? range.Least + 1 : range.Least,
            Greatest = range.Greatest == number ? range.Greatest - 1 : range.Greatest,
            SignedLeast = range.SignedLeast == (long)number ? range.SignedLeast + 1 : range.SignedLeast,
            SignedGreatest = range.SignedGreatest == (long)number ? range.SignedGreatest - 1 : range.SignedGreatest,
        };
    }

    private static ScalarRange LearnBits(in ScalarRange range, ulong tested, bool is32, bool isClear)
    {
        if (!isClear && !BitOperations.IsPow2(tested)) return range;
        var known = Tnum.Constant(isClear ? ~tested : tested);
        var bits = Half(range.Bits, is32);
        bits = isClear ? bits & known : bits | known;
        return range with { Bits = is32 ? range.Bits.WithLower(bits) : bits };
    }
}
