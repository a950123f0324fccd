// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier.Values;

internal readonly partial record struct ScalarRange
{
    /// <summary>The lower half, the upper one zero: what 32-bit arithmetic leaves.</summary>
    internal ScalarRange ZeroExtend32(Reasoning how)
    {
        bool isPositive = SignedLeast32 >= 0 && SignedGreatest32 >= 0;
        return (this with
        {
            Bits = Bits.Lower,
            Least = Least32,
            Greatest = Greatest32,
            SignedLeast = isPositive ? SignedLeast32 : 0,
            SignedGreatest = isPositive ? SignedGreatest32 : uint.MaxValue,
        }).Settle(how);
    }

    /// <summary>The lowest bytes, the others zero: what a load of them gives.</summary>
    internal ScalarRange Truncate(int bytes, Reasoning how)
    {
        if (bytes >= 8) return this;
        ulong kept = (1UL << (bytes * 8)) - 1;
        bool isSame = (Least & ~kept) == (Greatest & ~kept);
        ulong least = isSame ? Least & kept : 0, greatest = isSame ? Greatest & kept : kept;
        var range = (bytes < 4 ? Forget32() : this) with
        {
            Bits = Bits.Truncate(bytes),
            Least = least,
            Greatest = greatest,
            SignedLeast = (long)least,
            SignedGreatest = (long)greatest,
        };
        if (how.LinksHalves) return range.Settle(how);
        return bytes < 4 ? range.ReplaceHalf().Settle(how) : range;
    }

    /// <summary>The lowest bytes, their sign in the others.</summary>
    internal ScalarRange SignExtend(int bytes)
    {
        int unused = 64 - (bytes * 8);
        if (Bits.IsConstant) return Constant((ulong)((long)(Bits.Value << unused) >> unused));
        var any = Between(long.MinValue >> unused, long.MaxValue >> unused);
        int bits = bytes * 8;
        if (SignedGreatest >> bits != SignedLeast >> bits) return any;
        long one = SignedGreatest << unused >> unused, other = SignedLeast << unused >> unused;
        return one >= 0 == other >= 0 ? OfInterval(Math.Min(one, other), Math.Max(one, other)) : any;
    }

    /// <summary>The lowest bytes, their sign in the rest of the lower half, and zeros above.</summary>
    internal ScalarRange SignExtend32(int bytes, Reasoning how)
    {
        int unused = 32 - (bytes * 8);
        if (Bits.Lower.IsConstant) return Constant((uint)((int)((uint)Bits.Value << unused) >> unused));
        int least = int.MinValue >> unused, greatest = int.MaxValue >> unused;
        int bits = bytes * 8;
        if (SignedGreatest32 >> bits == SignedLeast32 >> bits)
        {
            int one = SignedGreatest32 << unused >> unused, other = SignedLeast32 << unused >> unused;
            if (one >= 0 == other >= 0) (least, greatest) = (Math.Min(one, other), Math.Max(one, other));
        }

        bool isSame = least >= 0 == greatest >= 0;
        return (Unknown with
        {
            Bits = isSame ? Tnum.Range((uint)least, (uint)greatest) : Tnum.Unknown.Lower,
            SignedLeast32 = least,
            SignedGreatest32 = greatest,
            Least32 = isSame ? (uint)least : 0,
            Greatest32 = isSame ? (uint)greatest : uint.MaxValue,
        }).ZeroExtend32(how);
    }

    private static ScalarRange OfInterval(long least, long greatest) => new()
    {
        Bits = Tnum.Range((ulong)least, (ulong)greatest),
        SignedLeast = least,
        SignedGreatest = greatest,
        Least = (ulong)least,
        Greatest = (ulong)greatest,
        SignedLeast32 = (int)least,
        SignedGreatest32 = (int)greatest,
        Least32 = (uint)least,
        Greatest32 = (uint)greatest,
    };
}
