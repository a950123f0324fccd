// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier.Values;

internal readonly partial record struct ScalarRange
{
    /// <summary>Moved to the left by a known number of bits.</summary>
    internal ScalarRange ShiftLeft(int bits, Reasoning how)
    {
        bool any = Greatest > 1UL << (63 - bits), any32 = bits > 31 || Greatest32 > 1UL << (31 - bits);
        return new ScalarRange
        {
            Bits = Bits << bits,
            // Compilers extend the sign by moving 32 bits to the left and back: a positive half stays in sight.
            SignedLeast = bits == 32 && SignedLeast32 >= 0 ? (long)SignedLeast32 << 32 : long.MinValue,
            SignedGreatest = bits == 32 && SignedGreatest32 >= 0 ? (long)SignedGreatest32 << 32 : long.MaxValue,
            Least = any ? 0 : Least << bits,
            Greatest = any ? ulong.MaxValue : Greatest << bits,
            SignedLeast32 = int.MinValue,
            SignedGreatest32 = int.MaxValue,
            Least32 = any32 ? 0 : Least32 << bits,
            Greatest32 = any32 ? uint.MaxValue : Greatest32 << bits,
        }.LearnFromBits(how);
    }

    /// <summary>The lower half moved to the left; the upper half is not meant.</summary>
    internal ScalarRange ShiftLeft32(int bits, Reasoning how)
    {
        bool any = Greatest32 > 1UL << (31 - bits);
        return (Unknown with
        {
            Bits = (Bits.Lower << bits).Lower,
            Least32 = any ? 0 : Least32 << bits,
            Greatest32 = any ? uint.MaxValue : Greatest32 << bits,
        }).LearnFromBits(how);
    }

    /// <summary>Moved to the right, zeros coming in.</summary>
    internal ScalarRange ShiftRight(int bits, Reasoning how) => (Unknown with
    {
        Bits = Bits >>> bits,
        Least = Least >> bits,
        Greatest = Greatest >> bits,
    }).LearnFromBits(how);

    /// <summary>The lower half moved to the right, zeros coming in.</summary>
    internal ScalarRange ShiftRight32(int bits, Reasoning how) => (Unknown with
    {
        Bits = Bits.Lower >>> bits,
        Least32 = Least32 >> bits,
        Greatest32 = Greatest32 >> bits,
    }).LearnFromBits(how);

    /// <summary>Moved to the right, the sign coming in.</summary>
    internal ScalarRange ShiftArithmetically(int bits, Reasoning how) => (Unknown with
    {
        Bits = Bits.ShiftArithmetically(bits, is32: false),
        SignedLeast = SignedLeast >> bits,
        SignedGreatest = SignedGreatest >> bits,
    }).LearnFromBits(how);

    /// <summary>The lower half moved to the right, its sign coming in.</summary>
    internal ScalarRange ShiftArithmetically32(int bits, Reasoning how) => (Unknown with
    {
        Bits = Bits.Lower.ShiftArithmetically(bits, is32: true),
        SignedLeast32 = SignedLeast32 >> bits,
        SignedGreatest32 = SignedGreatest32 >> bits,
    }).LearnFromBits(how);
}
