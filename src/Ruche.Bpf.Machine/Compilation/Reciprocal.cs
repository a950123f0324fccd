// SPDX-License-Identifier: MIT
using System.Numerics;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>
/// What a number is multiplied with instead of being divided: the quotient is the upper half of the product, shifted right (Granlund and
/// Montgomery, "Division by invariant integers using multiplication", 1994).
/// </summary>
/// <param name="Multiplier">The lower 64 bits of the multiplier.</param>
/// <param name="ShiftBefore">By how much the number is shifted right first.</param>
/// <param name="ShiftAfter">By how much the upper half is shifted right.</param>
/// <param name="HasCarry">Whether the multiplier has a 65th bit.</param>
internal readonly record struct Reciprocal(ulong Multiplier, int ShiftBefore, int ShiftAfter, bool HasCarry)
{
    /// <summary>For dividends of 32 bits, which leave room for any error of the multiplier.</summary>
    public static Reciprocal OfShort(ulong divisor) => new((ulong)((UInt128.One << 64) / divisor) + 1, 0, 0, false);

    /// <summary>For dividends of 64 bits and a divisor that is no power of two.</summary>
    public static Reciprocal Of(ulong divisor)
    {
        if (Find(divisor, bitsMissing: 0) is { } direct) return direct;
        int zeros = BitOperations.TrailingZeroCount(divisor);
        if (zeros > 0 && Find(divisor >> zeros, zeros) is { } shifted) return shifted with { ShiftBefore = zeros };
        int shift = 64 - BitOperations.LeadingZeroCount(divisor);
        var (quotient, remainder) = UInt128.DivRem(UInt128.One << (63 + shift), divisor);
        // Twice that, since a power of 65 + 63 bits has no place.
        var multiplier = (quotient << 1) + (((remainder << 1) + divisor - 1) / divisor);
        return new((ulong)multiplier, 0, shift, true);
    }

    // The smallest shift at which the multiplier, rounded up, has 64 bits and is near enough for all dividends.
    private static Reciprocal? Find(ulong divisor, int bitsMissing)
    {
        for (int shift = 0; shift < 64 - BitOperations.LeadingZeroCount(divisor); shift++)
        {
            var power = UInt128.One << (64 + shift);
            var multiplier = (power + divisor - 1) / divisor;
            if (multiplier > ulong.MaxValue) return null;
            if ((multiplier * divisor) - power <= UInt128.One << (shift + bitsMissing)) return new((ulong)multiplier, 0, shift, false);
        }

        return null;
    }
}
