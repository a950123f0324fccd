// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Values;

internal readonly partial record struct ScalarRange
{
    /// <summary>The quotient by a known number; by zero it is zero.</summary>
    internal ScalarRange Divide(long divisor, bool isSigned)
    {
        if (divisor == 0) return Zero;
        if (!isSigned) return Unknown with { Least = Least / (ulong)divisor, Greatest = Greatest / (ulong)divisor };
        if (SignedLeast == long.MinValue && divisor == -1)
            return SignedGreatest == long.MinValue ? Unknown with { SignedLeast = long.MinValue, SignedGreatest = long.MinValue } : Unknown;
        long one = SignedLeast / divisor, other = SignedGreatest / divisor;
        return Unknown with { SignedLeast = Math.Min(one, other), SignedGreatest = Math.Max(one, other) };
    }

    /// <summary>The quotient of the lower halves; the upper half is not meant.</summary>
    internal ScalarRange Divide32(int divisor, bool isSigned)
    {
        if (divisor == 0) return Zero;
        if (!isSigned) return Unknown with { Least32 = Least32 / (uint)divisor, Greatest32 = Greatest32 / (uint)divisor };
        if (SignedLeast32 == int.MinValue && divisor == -1)
            return SignedGreatest32 == int.MinValue ? Unknown with { SignedLeast32 = int.MinValue, SignedGreatest32 = int.MinValue } : Unknown;
        int one = SignedLeast32 / divisor, other = SignedGreatest32 / divisor;
        return Unknown with { SignedLeast32 = Math.Min(one, other), SignedGreatest32 = Math.Max(one, other) };
    }

    /// <summary>The remainder of a division by a known number; by zero the number itself remains.</summary>
    internal ScalarRange Remainder(long divisor, bool isSigned)
    {
        if (divisor == 0) return this;
        if (!isSigned)
        {
            ulong most = (ulong)divisor - 1;
            return Greatest <= most ? this : Unknown with { Greatest = Math.Min(Greatest, most) };
        }

        long furthest = (long)((divisor > 0 ? (ulong)divisor : 0 - (ulong)divisor) - 1);
        if (SignedLeast >= -furthest && SignedGreatest <= furthest) return this;
        if (SignedLeast >= 0) return Unknown with { SignedLeast = 0, SignedGreatest = Math.Min(SignedGreatest, furthest) };
        return SignedGreatest <= 0
            ? Unknown with { SignedLeast = Math.Max(SignedLeast, -furthest), SignedGreatest = 0 }
            : Unknown with { SignedLeast = -furthest, SignedGreatest = furthest };
    }

    /// <summary>The remainder of the lower halves; the upper half is not meant.</summary>
    internal ScalarRange Remainder32(int divisor, bool isSigned)
    {
        if (divisor == 0) return this;
        if (!isSigned)
        {
            uint most = (uint)divisor - 1;
            return Greatest32 <= most ? this : Unknown with { Greatest32 = Math.Min(Greatest32, most) };
        }

        int furthest = (int)((divisor > 0 ? (uint)divisor : 0 - (uint)divisor) - 1);
        if (SignedLeast32 >= -furthest && SignedGreatest32 <= furthest) return this;
        if (SignedLeast32 >= 0) return Unknown with { SignedLeast32 = 0, SignedGreatest32 = Math.Min(SignedGreatest32, furthest) };
        return SignedGreatest32 <= 0
            ? Unknown with { SignedLeast32 = Math.Max(SignedLeast32, -furthest), SignedGreatest32 = 0 }
            : Unknown with { SignedLeast32 = -furthest, SignedGreatest32 = furthest };
    }
}
