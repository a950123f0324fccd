// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier.Values;

internal readonly partial record struct ScalarRange
{
    /// <summary>The sum.</summary>
    internal static ScalarRange Add(in ScalarRange left, in ScalarRange right, Reasoning how)
    {
        bool low32 = left.Least32 + (ulong)right.Least32 > uint.MaxValue, high32 = left.Greatest32 + (ulong)right.Greatest32 > uint.MaxValue;
        bool low = left.Least + right.Least < left.Least, high = left.Greatest + right.Greatest < left.Greatest;
        var (sl, sg) = SignedOrAny((Int128)left.SignedLeast + right.SignedLeast, (Int128)left.SignedGreatest + right.SignedGreatest);
        var (sl32, sg32) = SignedOrAny32((long)left.SignedLeast32 + right.SignedLeast32, (long)left.SignedGreatest32 + right.SignedGreatest32);
        bool any = how.FollowsWrapping ? !low && high : low || high; // when both ends wrap the interval stays whole
        bool any32 = how.FollowsWrapping ? !low32 && high32 : low32 || high32;
        return new()
        {
            Bits = left.Bits + right.Bits,
            SignedLeast = sl,
            SignedGreatest = sg,
            Least = any ? 0 : left.Least + right.Least,
            Greatest = any ? ulong.MaxValue : left.Greatest + right.Greatest,
            SignedLeast32 = sl32,
            SignedGreatest32 = sg32,
            Least32 = any32 ? 0 : left.Least32 + right.Least32,
            Greatest32 = any32 ? uint.MaxValue : left.Greatest32 + right.Greatest32,
        };
    }

    /// <summary>The difference.</summary>
    internal static ScalarRange Subtract(in ScalarRange left, in ScalarRange right, Reasoning how)
    {
        bool any = left.Least < right.Greatest && !(how.FollowsWrapping && left.Greatest < right.Least);
        bool any32 = left.Least32 < right.Greatest32 && !(how.FollowsWrapping && left.Greatest32 < right.Least32);
        var (sl, sg) = SignedOrAny((Int128)left.SignedLeast - right.SignedGreatest, (Int128)left.SignedGreatest - right.SignedLeast);
        var (sl32, sg32) = SignedOrAny32((long)left.SignedLeast32 - right.SignedGreatest32, (long)left.SignedGreatest32 - right.SignedLeast32);
        return new()
        {
            Bits = left.Bits - right.Bits,
            SignedLeast = sl,
            SignedGreatest = sg,
            Least = any ? 0 : left.Least - right.Greatest,
            Greatest = any ? ulong.MaxValue : left.Greatest - right.Least,
            SignedLeast32 = sl32,
            SignedGreatest32 = sg32,
            Least32 = any32 ? 0 : left.Least32 - right.Greatest32,
            Greatest32 = any32 ? uint.MaxValue : left.Greatest32 - right.Least32,
        };
    }

    /// <summary>The product.</summary>
    internal static ScalarRange Multiply(in ScalarRange left, in ScalarRange right, Reasoning how)
    {
        if (!how.MultipliesSigned) return MultiplyPositive(left, right);
        bool any = (UInt128)left.Greatest * right.Greatest > ulong.MaxValue || (UInt128)left.Least * right.Least > ulong.MaxValue;
        bool any32 = (ulong)left.Greatest32 * right.Greatest32 > uint.MaxValue || (ulong)left.Least32 * right.Least32 > uint.MaxValue;
        var (a, b) = Extremes((Int128)left.SignedLeast * right.SignedLeast, (Int128)left.SignedLeast * right.SignedGreatest,
            (Int128)left.SignedGreatest * right.SignedLeast, (Int128)left.SignedGreatest * right.SignedGreatest);
        var (c, d) = Extremes((Int128)left.SignedLeast32 * right.SignedLeast32, (Int128)left.SignedLeast32 * right.SignedGreatest32,
            (Int128)left.SignedGreatest32 * right.SignedLeast32, (Int128)left.SignedGreatest32 * right.SignedGreatest32);
        var (sl, sg) = SignedOrAny(a, b);
        var (sl32, sg32) = SignedOrAny32((long)c, (long)d);
        return new()
        {
            Bits = left.Bits * right.Bits,
            SignedLeast = sl,
            SignedGreatest = sg,
            Least = any ? 0 : left.Least * right.Least,
            Greatest = any ? ulong.MaxValue : left.Greatest * right.Greatest,
            SignedLeast32 = sl32,
            SignedGreatest32 = sg32,
            Least32 = any32 ? 0 : left.Least32 * right.Least32,
            Greatest32 = any32 ? uint.MaxValue : left.Greatest32 * right.Greatest32,
        };
    }

    // Numbers that may be negative, or longer than half of what the product has room for, are not followed.
    private static ScalarRange MultiplyPositive(in ScalarRange left, in ScalarRange right)
    {
        var product = Unknown with { Bits = left.Bits * right.Bits };
        if (left.SignedLeast32 >= 0 && right.SignedLeast32 >= 0 && left.Greatest32 <= ushort.MaxValue && right.Greatest32 <= ushort.MaxValue)
        {
            uint least = left.Least32 * right.Least32, greatest = left.Greatest32 * right.Greatest32;
            product = product with { Least32 = least, Greatest32 = greatest };
            if (greatest <= int.MaxValue) product = product with { SignedLeast32 = (int)least, SignedGreatest32 = (int)greatest };
        }

        if (left.SignedLeast < 0 || right.SignedLeast < 0 || left.Greatest > uint.MaxValue || right.Greatest > uint.MaxValue) return product;
        ulong lowest = left.Least * right.Least, highest = left.Greatest * right.Greatest;
        product = product with { Least = lowest, Greatest = highest };
        return highest <= long.MaxValue ? product with { SignedLeast = (long)lowest, SignedGreatest = (long)highest } : product;
    }

    /// <summary>The bits that are set in both.</summary>
    internal static ScalarRange And(in ScalarRange left, in ScalarRange right, Reasoning how)
    {
        var bits = left.Bits & right.Bits;
        return Bitwise(bits, bits.Least, Math.Min(left.Greatest, right.Greatest), (uint)bits.Lower.Least, Math.Min(left.Greatest32, right.Greatest32), how);
    }

    /// <summary>The bits that are set in either.</summary>
    internal static ScalarRange Or(in ScalarRange left, in ScalarRange right, Reasoning how)
    {
        var bits = left.Bits | right.Bits;
        return Bitwise(bits, Math.Max(left.Least, right.Least), bits.Greatest, Math.Max(left.Least32, right.Least32), (uint)bits.Lower.Greatest, how);
    }

    /// <summary>The bits that are set in one of them.</summary>
    internal static ScalarRange Xor(in ScalarRange left, in ScalarRange right, Reasoning how)
    {
        var bits = left.Bits ^ right.Bits;
        return Bitwise(bits, bits.Least, bits.Greatest, (uint)bits.Lower.Least, (uint)bits.Lower.Greatest, how);
    }

    private static ScalarRange Bitwise(Tnum bits, ulong least, ulong greatest, uint least32, uint greatest32, Reasoning how)
    {
        bool isSame = (long)least <= (long)greatest, isSame32 = (int)least32 <= (int)greatest32;
        return new ScalarRange
        {
            Bits = bits,
            Least = least,
            Greatest = greatest,
            SignedLeast = isSame ? (long)least : long.MinValue,
            SignedGreatest = isSame ? (long)greatest : long.MaxValue,
            Least32 = least32,
            Greatest32 = greatest32,
            SignedLeast32 = isSame32 ? (int)least32 : int.MinValue,
            SignedGreatest32 = isSame32 ? (int)greatest32 : int.MaxValue,
        }.LearnFromBits(how);
    }

    private static (Int128 Least, Int128 Greatest) Extremes(Int128 a, Int128 b, Int128 c, Int128 d) =>
        (Int128.Min(Int128.Min(a, b), Int128.Min(c, d)), Int128.Max(Int128.Max(a, b), Int128.Max(c, d)));

    private static (long Least, long Greatest) SignedOrAny(Int128 least, Int128 greatest) =>
        least < long.MinValue || greatest > long.MaxValue || least > long.MaxValue || greatest < long.MinValue
            ? (long.MinValue, long.MaxValue) : ((long)least, (long)greatest);

    private static (int Least, int Greatest) SignedOrAny32(long least, long greatest) =>
        least < int.MinValue || greatest > int.MaxValue || least > int.MaxValue || greatest < int.MinValue
            ? (int.MinValue, int.MaxValue) : ((int)least, (int)greatest);
}
