// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;

namespace Ruche.Bpf.Verifier.Values;

/// <summary>
/// What is known of a number bit by bit: where <see cref="Mask"/> has a one the bit is unknown, elsewhere it is as in <see cref="Value"/>.
/// </summary>
/// <param name="Value">The known bits; zero where unknown.</param>
/// <param name="Mask">The unknown bits.</param>
internal readonly record struct Tnum(ulong Value, ulong Mask)
{
    /// <summary>Nothing is known.</summary>
    public static Tnum Unknown => new(0, ulong.MaxValue);

    /// <summary>Whether every bit is known.</summary>
    public bool IsConstant => Mask == 0;

    /// <summary>Whether no bit is known.</summary>
    public bool IsUnknown => Mask == ulong.MaxValue;

    /// <summary>The least unsigned number of the set.</summary>
    public ulong Least => Value;

    /// <summary>The greatest unsigned number of the set.</summary>
    public ulong Greatest => Value | Mask;

    /// <summary>The lower 32 bits, the others zero.</summary>
    public Tnum Lower => Truncate(4);

    /// <summary>The upper 32 bits, the lower ones zero.</summary>
    public Tnum WithoutLower => new(Value & ~(ulong)uint.MaxValue, Mask & ~(ulong)uint.MaxValue);

    /// <summary>One number.</summary>
    public static Tnum Constant(ulong value) => new(value, 0);

    /// <summary>The smallest set that has all numbers from one to another.</summary>
    public static Tnum Range(ulong least, ulong greatest)
    {
        int bits = 64 - BitOperations.LeadingZeroCount(least ^ greatest);
        if (bits > 63) return Unknown;
        ulong mask = (1UL << bits) - 1;
        return new(least & ~mask, mask);
    }

    /// <summary>What both say; they must not contradict each other.</summary>
    public Tnum Intersect(Tnum other)
    {
        ulong value = Value | other.Value, mask = Mask & other.Mask;
        return new(value & ~mask, mask);
    }

    /// <summary>The smallest set that has both.</summary>
    public Tnum Union(Tnum other)
    {
        ulong mask = (Value ^ other.Value) | Mask | other.Mask;
        return new(Value & other.Value & ~mask, mask);
    }

    /// <summary>Whether some number is in both.</summary>
    public bool Overlaps(Tnum other) => ((Value ^ other.Value) & ~(Mask | other.Mask)) == 0;

    /// <summary>Whether every number of another set is in this one.</summary>
    public bool Contains(Tnum other) => (other.Mask & ~Mask) == 0 && Value == (other.Value & ~Mask);

    /// <summary>Whether a number is in the set.</summary>
    public bool Contains(ulong number) => (number & ~Mask) == Value;

    /// <summary>The least number of the set above another; the greatest of the set when there is none.</summary>
    public ulong NextAfter(ulong number)
    {
        if (number >= Greatest) return Greatest;
        if (number < Value) return Value;
        ulong least = number + 1, wrong = (least ^ Value) & ~Mask;
        if (wrong == 0) return least;

        // The highest known bit that differs decides. Where it must be one and is not, the bits above stay and all unknown ones below are zero.
        int highest = 63 - BitOperations.LeadingZeroCount(wrong);
        ulong above = highest == 63 ? 0 : ulong.MaxValue << (highest + 1);
        if ((Value & (1UL << highest)) != 0) return (least & above) | (Value & ~above);

        // Where it must be zero and is one, the next unknown bit above that is zero becomes one instead. There is one: the greatest is above.
        ulong free = Mask & ~least & above, up = free & (~free + 1);
        return (least & ~(up - 1)) | up | (Value & (up - 1));
    }

    /// <summary>Whether every number of the set is a multiple of a power of two.</summary>
    public bool IsAligned(ulong size) => size == 0 || ((Value | Mask) & (size - 1)) == 0;

    /// <summary>Only the lowest bytes, the others zero.</summary>
    public Tnum Truncate(int bytes)
    {
        if (bytes >= 8) return this;
        ulong kept = (1UL << (bytes * 8)) - 1;
        return new(Value & kept, Mask & kept);
    }

    /// <summary>The lower 32 bits of another set under the upper ones of this.</summary>
    public Tnum WithLower(Tnum lower)
    {
        var (high, low) = (WithoutLower, lower.Lower);
        return new(high.Value | low.Value, high.Mask | low.Mask);
    }

    /// <summary>The sum.</summary>
    public static Tnum operator +(Tnum left, Tnum right)
    {
        ulong masks = left.Mask + right.Mask, values = left.Value + right.Value;
        ulong carried = (masks + values) ^ values;
        ulong mask = carried | left.Mask | right.Mask;
        return new(values & ~mask, mask);
    }

    /// <summary>The difference.</summary>
    public static Tnum operator -(Tnum left, Tnum right)
    {
        ulong values = left.Value - right.Value;
        ulong borrowed = (values + left.Mask) ^ (values - right.Mask);
        ulong mask = borrowed | left.Mask | right.Mask;
        return new(values & ~mask, mask);
    }

    /// <summary>Bits that are in both.</summary>
    public static Tnum operator &(Tnum left, Tnum right)
    {
        ulong possible = (left.Value | left.Mask) & (right.Value | right.Mask), known = left.Value & right.Value;
        return new(known, possible & ~known);
    }

    /// <summary>Bits that are in either.</summary>
    public static Tnum operator |(Tnum left, Tnum right)
    {
        ulong known = left.Value | right.Value, mask = left.Mask | right.Mask;
        return new(known, mask & ~known);
    }

    /// <summary>Bits that are in one of them.</summary>
    public static Tnum operator ^(Tnum left, Tnum right)
    {
        ulong mask = left.Mask | right.Mask;
        return new((left.Value ^ right.Value) & ~mask, mask);
    }

    /// <summary>Moved to the left.</summary>
    public static Tnum operator <<(Tnum number, int bits) => new(number.Value << bits, number.Mask << bits);

    /// <summary>Moved to the right, zeros coming in.</summary>
    public static Tnum operator >>>(Tnum number, int bits) => new(number.Value >> bits, number.Mask >> bits);

    /// <summary>Moved to the right, the sign coming in; as a number of 32 or of 64 bits.</summary>
    public Tnum ShiftArithmetically(int bits, bool is32) => is32
        ? new((uint)((int)Value >> bits), (uint)((int)Mask >> bits))
        : new((ulong)((long)Value >> bits), (ulong)((long)Mask >> bits));

    /// <summary>The lowest bytes in the opposite order, the others zero.</summary>
    public Tnum Swap(int bytes)
    {
        int unused = 64 - (bytes * 8);
        return new(BinaryPrimitives.ReverseEndianness(Value << unused) & Kept(bytes), BinaryPrimitives.ReverseEndianness(Mask << unused) & Kept(bytes));
    }

    private static ulong Kept(int bytes) => bytes >= 8 ? ulong.MaxValue : (1UL << (bytes * 8)) - 1;

    /// <summary>The product: each bit of one side that may be set adds the other side at its place.</summary>
    public static Tnum operator *(Tnum left, Tnum right)
    {
        ulong known = left.Value * right.Value;
        Tnum uncertain = new(0, 0);
        while (left.Value != 0 || left.Mask != 0)
        {
            if ((left.Value & 1) != 0) uncertain += new Tnum(0, right.Mask);
            else if ((left.Mask & 1) != 0) uncertain += new Tnum(0, right.Value | right.Mask);
            left >>>= 1;
            right <<= 1;
        }

        return Constant(known) + uncertain;
    }

    /// <summary>The set as the kernel's log writes it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"(0x{Value:x}; 0x{Mask:x})");
}
