// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier.Values;

internal readonly partial record struct ScalarRange
{
    private static readonly ScalarRange Contradiction = Unknown with { Least = 1, Greatest = 0 };

    // Both widths as one arc each, in both readings.
    private ScalarRange SettleCircular(Reasoning how)
    {
        var range = LearnFromBits(how);
        if (range.Arcs() is not var (whole, half)) return Contradiction;
        for (int round = 0; round < how.Rounds; round++)
        {
            if (half.Meet(whole.Halves()) is not { } narrower || whole.MeetHalves(narrower) is not { } rest) return Contradiction;
            (half, whole) = (narrower, rest);
        }

        range = range.WithArcs(whole, half).LearnBits(how).LearnFromBits(how);
        return range.Arcs() is var (a, b) ? range.WithArcs(a, b) : Contradiction;
    }

    // A number whose sign is not known to be clear learns as a signed one from its bits, and otherwise as an unsigned one.
    private ScalarRange LearnFromBitsCircular()
    {
        var half = Bits.Lower;
        var range = ((half.Value | half.Mask) & 0x8000_0000) != 0
            ? this with
            {
                SignedLeast32 = Math.Max(SignedLeast32, (int)((uint)half.Value | ((uint)half.Mask & 0x8000_0000))),
                SignedGreatest32 = Math.Min(SignedGreatest32, (int)((uint)half.Value | ((uint)half.Mask & int.MaxValue))),
            }
            : this with { Least32 = Math.Max(Least32, (uint)half.Least), Greatest32 = Math.Min(Greatest32, (uint)half.Greatest) };
        range = ((Bits.Value | Bits.Mask) & (1UL << 63)) != 0
            ? range with
            {
                SignedLeast = Math.Max(SignedLeast, (long)(Bits.Value | (Bits.Mask & (1UL << 63)))),
                SignedGreatest = Math.Min(SignedGreatest, (long)(Bits.Value | (Bits.Mask & long.MaxValue))),
            }
            : range with { Least = Math.Max(Least, Bits.Least), Greatest = Math.Min(Greatest, Bits.Greatest) };
        return range.OnlyNumber() is { } only ? Constant(only) : range;
    }

    private (Arc Whole, Arc Half)? Arcs()
    {
        if (IsEmpty) return null;
        var whole = Arc.Between(Least, Greatest, ulong.MaxValue).Meet(Arc.Between((ulong)SignedLeast, (ulong)SignedGreatest, ulong.MaxValue));
        var half = Arc.Between(Least32, Greatest32, uint.MaxValue).Meet(Arc.Between((uint)SignedLeast32, (uint)SignedGreatest32, uint.MaxValue));
        return whole is { } a && half is { } b ? (a, b) : null;
    }

    private ScalarRange WithArcs(Arc whole, Arc half)
    {
        var (least, most) = whole.Unsigned();
        var (lowest, highest) = whole.Signed();
        var (least32, most32) = half.Unsigned();
        var (lowest32, highest32) = half.Signed();
        return this with
        {
            Least = least,
            Greatest = most,
            SignedLeast = (long)lowest,
            SignedGreatest = (long)highest,
            Least32 = (uint)least32,
            Greatest32 = (uint)most32,
            SignedLeast32 = (int)(uint)lowest32,
            SignedGreatest32 = (int)(uint)highest32,
        };
    }
}
