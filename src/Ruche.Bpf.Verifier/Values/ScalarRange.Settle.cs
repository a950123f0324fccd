// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier.Values;

internal readonly partial record struct ScalarRange
{
    /// <summary>
    /// Lets each way of seeing the number learn from the others. It does as much as the kernel's verifier does and no more: a fact that the
    /// kernel misses must be missed here, or a program would be accepted that the kernel refuses.
    /// </summary>
    internal ScalarRange Settle(Reasoning how)
    {
        if (how.IsCircular) return SettleCircular(how);
        var range = LearnFromBits(how);
        if (!how.LinksHalves) return range.LearnApart().LearnBits(how).LearnFromBits(how);
        for (int round = 0; round < how.Rounds; round++)
            range = range.LearnHalfFromWhole().LearnHalfFromSigns(how).LearnFromSigns(how).LearnWholeFromHalf(how);
        return range.LearnBits(how).LearnFromBits(how);
    }

    /// <summary>The lower half as far as the whole tells it and no further, where a release forgets what it knew of the half.</summary>
    internal ScalarRange ReplaceHalf()
    {
        var range = Forget32();
        if (SignedLeast >= int.MinValue && SignedGreatest <= int.MaxValue) range = range with { SignedLeast32 = (int)SignedLeast, SignedGreatest32 = (int)SignedGreatest };
        return Greatest <= uint.MaxValue ? range with { Least32 = (uint)Least, Greatest32 = (uint)Greatest } : range;
    }

    /// <summary>The whole as far as the lower half tells it and no further, where a release forgets what it knew of the whole.</summary>
    internal ScalarRange ReplaceWhole(Reasoning how) => Bits == Bits.Lower ? ZeroExtend32(how) : Forget64();

    /// <summary>Bounds can be no wider than the bits allow.</summary>
    internal ScalarRange LearnFromBits(Reasoning how)
    {
        if (how.IsCircular) return LearnFromBitsCircular();
        var half = Bits.Lower;
        var range = this with
        {
            SignedLeast32 = Math.Max(SignedLeast32, (int)((uint)half.Value | ((uint)half.Mask & 0x8000_0000))),
            SignedGreatest32 = Math.Min(SignedGreatest32, (int)((uint)half.Value | ((uint)half.Mask & int.MaxValue))),
            Least32 = Math.Max(Least32, (uint)half.Least),
            Greatest32 = Math.Min(Greatest32, (uint)half.Greatest),
            SignedLeast = Math.Max(SignedLeast, (long)(Bits.Value | (Bits.Mask & (1UL << 63)))),
            SignedGreatest = Math.Min(SignedGreatest, (long)(Bits.Value | (Bits.Mask & long.MaxValue))),
            Least = Math.Max(Least, Bits.Least),
            Greatest = Math.Min(Greatest, Bits.Greatest),
        };
        return how.FindsOnlyNumber && range.OnlyNumber() is { } only ? Constant(only) : range;
    }

    // The one number that lies within the unsigned bounds and fits the bits, when there is only one.
    private ulong? OnlyNumber()
    {
        if (Bits.IsConstant || Least > Greatest) return null;
        ulong next = Bits.NextAfter(Least);
        bool isLeastIn = Bits.Contains(Least);
        if (isLeastIn) return next > Greatest || next == Least ? Least : null;
        if (next == Bits.Greatest) return next;
        return next <= Greatest && Bits.NextAfter(next) > Greatest ? next : null;
    }

    // While the upper half is the same at both ends, the lower half runs from one end's to the other's.
    private ScalarRange LearnHalfFromWhole()
    {
        var (sl, sg, ul, ug) = (SignedLeast32, SignedGreatest32, Least32, Greatest32);
        if (Least >> 32 == Greatest >> 32)
        {
            ul = Math.Max(ul, (uint)Least);
            ug = Math.Min(ug, (uint)Greatest);
            if ((int)Least <= (int)Greatest)
            {
                sl = Math.Max(sl, (int)Least);
                sg = Math.Min(sg, (int)Greatest);
            }
        }

        if (SignedLeast >> 32 == SignedGreatest >> 32)
        {
            if ((uint)SignedLeast <= (uint)SignedGreatest)
            {
                ul = Math.Max(ul, (uint)SignedLeast);
                ug = Math.Min(ug, (uint)SignedGreatest);
            }

            if ((int)SignedLeast <= (int)SignedGreatest)
            {
                sl = Math.Max(sl, (int)SignedLeast);
                sg = Math.Min(sg, (int)SignedGreatest);
            }
        }

        // From just below a multiple of 2^32 to just above it: negative halves, then positive ones.
        if ((uint)(Least >> 32) + 1 == (uint)(Greatest >> 32) && (int)Least < 0 && (int)Greatest >= 0)
        {
            sl = Math.Max(sl, (int)Least);
            sg = Math.Min(sg, (int)Greatest);
        }

        if ((uint)(SignedLeast >> 32) + 1 == (uint)(SignedGreatest >> 32) && (int)SignedLeast < 0 && (int)SignedGreatest >= 0)
        {
            sl = Math.Max(sl, (int)SignedLeast);
            sg = Math.Min(sg, (int)SignedGreatest);
        }

        return this with { SignedLeast32 = sl, SignedGreatest32 = sg, Least32 = ul, Greatest32 = ug };
    }

    private ScalarRange LearnHalfFromSigns(Reasoning how)
    {
        var range = this;
        if ((int)Least32 <= (int)Greatest32)
        {
            range = range with
            {
                SignedLeast32 = Math.Max(SignedLeast32, (int)Least32),
                SignedGreatest32 = Math.Min(SignedGreatest32, (int)Greatest32),
            };
        }

        if ((uint)range.SignedLeast32 <= (uint)range.SignedGreatest32)
        {
            range = range with
            {
                Least32 = Math.Max((uint)range.SignedLeast32, Least32),
                Greatest32 = Math.Min((uint)range.SignedGreatest32, Greatest32),
            };
        }
        else if (!how.LearnsAcrossSigns)
        {
            return range;
        }
        else if (range.Greatest32 < (uint)range.SignedLeast32)
        {
            range = range with { SignedLeast32 = (int)range.Least32, Greatest32 = Math.Min(range.Greatest32, (uint)range.SignedGreatest32) };
        }
        else if ((uint)range.SignedGreatest32 < range.Least32)
        {
            range = range with { SignedGreatest32 = (int)range.Greatest32, Least32 = Math.Max(range.Least32, (uint)range.SignedLeast32) };
        }

        return range;
    }

    // An interval that does not cross the border between negative and positive numbers is the same in both readings.
    private ScalarRange LearnFromSigns(Reasoning how)
    {
        var range = this;
        if ((long)Least <= (long)Greatest)
        {
            range = range with
            {
                SignedLeast = Math.Max(SignedLeast, (long)Least),
                SignedGreatest = Math.Min(SignedGreatest, (long)Greatest),
            };
        }

        if ((ulong)range.SignedLeast <= (ulong)range.SignedGreatest)
        {
            return range with
            {
                Least = Math.Max((ulong)range.SignedLeast, Least),
                Greatest = Math.Min((ulong)range.SignedGreatest, Greatest),
            };
        }

        if (!how.LearnsAcrossSigns) return range;

        // The signed interval, read as unsigned, is two pieces: one from zero up, one up to the greatest number. Where the unsigned interval
        // meets one of them only, that piece is the answer.
        if (range.Greatest < (ulong)range.SignedLeast)
            return range with { SignedLeast = (long)range.Least, Greatest = Math.Min(range.Greatest, (ulong)range.SignedGreatest) };
        if ((ulong)range.SignedGreatest < range.Least)
            return range with { SignedGreatest = (long)range.Greatest, Least = Math.Max(range.Least, (ulong)range.SignedLeast) };
        return range;
    }

    private ScalarRange LearnWholeFromHalf(Reasoning how)
    {
        const ulong Upper = ~(ulong)uint.MaxValue;
        var range = this with
        {
            Least = Math.Max(Least, (Least & Upper) | Least32),
            Greatest = Math.Min(Greatest, (Greatest & Upper) | Greatest32),
            SignedLeast = Math.Max(SignedLeast, (long)(((ulong)SignedLeast & Upper) | Least32)),
            SignedGreatest = Math.Min(SignedGreatest, (long)(((ulong)SignedGreatest & Upper) | Greatest32)),
        };

        // After a load with sign extension the upper half is all ones or all zeros; with a positive lower half it must be zeros.
        if (!how.LearnsFromSignExtension || range.SignedLeast32 < 0 || range.SignedLeast < int.MinValue || range.SignedGreatest > uint.MaxValue) return range;
        return range with
        {
            SignedLeast = range.SignedLeast32,
            Least = (ulong)range.SignedLeast32,
            SignedGreatest = range.SignedGreatest32,
            Greatest = (ulong)range.SignedGreatest32,
            Bits = range.Bits.Intersect(Tnum.Range((ulong)range.SignedLeast32, (ulong)range.SignedGreatest32)),
        };
    }

    // Each width by itself: one reading tells about the other where it shows the sign.
    private ScalarRange LearnApart()
    {
        var range = this;
        if (SignedLeast32 >= 0 || SignedGreatest32 < 0)
        {
            uint least = Math.Max((uint)SignedLeast32, Least32), greatest = Math.Min((uint)SignedGreatest32, Greatest32);
            range = range with { SignedLeast32 = (int)least, Least32 = least, SignedGreatest32 = (int)greatest, Greatest32 = greatest };
        }
        else if ((int)Greatest32 >= 0)
        {
            uint greatest = Math.Min((uint)SignedGreatest32, Greatest32);
            range = range with { SignedLeast32 = (int)Least32, SignedGreatest32 = (int)greatest, Greatest32 = greatest };
        }
        else if ((int)Least32 < 0)
        {
            uint least = Math.Max((uint)SignedLeast32, Least32);
            range = range with { SignedLeast32 = (int)least, Least32 = least, SignedGreatest32 = (int)Greatest32 };
        }

        if (SignedLeast >= 0 || SignedGreatest < 0)
        {
            ulong least = Math.Max((ulong)SignedLeast, Least), greatest = Math.Min((ulong)SignedGreatest, Greatest);
            return range with { SignedLeast = (long)least, Least = least, SignedGreatest = (long)greatest, Greatest = greatest };
        }

        if ((long)Greatest >= 0)
        {
            ulong greatest = Math.Min((ulong)SignedGreatest, Greatest);
            return range with { SignedLeast = (long)Least, SignedGreatest = (long)greatest, Greatest = greatest };
        }

        if ((long)Least >= 0) return range;
        ulong lowest = Math.Max((ulong)SignedLeast, Least);
        return range with { SignedLeast = (long)lowest, Least = lowest, SignedGreatest = (long)Greatest };
    }

    private ScalarRange LearnBits(Reasoning how)
    {
        var whole = Bits.Intersect(Tnum.Range(Least, Greatest));
        var half = (how.LearnsHalfBits ? whole : Bits).Lower.Intersect(Tnum.Range(Least32, Greatest32));
        return this with { Bits = whole.WithLower(half) };
    }
}
