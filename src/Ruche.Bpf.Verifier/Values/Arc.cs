// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Values;

/// <summary>
/// Numbers that follow each other on the circle of all numbers of a width, across zero too: how Linux holds bounds from 7.0 on. One arc is
/// less than a signed and an unsigned interval together, which may meet in two places.
/// </summary>
/// <param name="Start">The first number.</param>
/// <param name="Length">How many follow it.</param>
/// <param name="Greatest">The greatest number of the width.</param>
internal readonly record struct Arc(ulong Start, ulong Length, ulong Greatest)
{
    /// <summary>The arc from one number up to another.</summary>
    public static Arc Between(ulong first, ulong last, ulong greatest)
    {
        ulong length = (last - first) & greatest;
        return new(length == greatest ? 0 : first & greatest, length, greatest);
    }

    /// <summary>What is in both; of two pieces the smaller arc whole; null when there is nothing.</summary>
    public Arc? Meet(Arc other)
    {
        var (first, second) = Start <= other.Start ? (this, other) : (other, this);
        ulong lead = second.Start - first.Start;
        bool comesRound = second.Length > Greatest - lead;
        if (!comesRound) return lead > first.Length ? null : new(second.Start, Math.Min(first.Length - lead, second.Length), Greatest);
        if (lead <= first.Length) return first.Length <= second.Length ? first : second;
        return new(first.Start, Math.Min(first.Length, (lead + second.Length) & Greatest), Greatest);
    }

    /// <summary>The lower halves of the numbers.</summary>
    public Arc Halves() => Length >= uint.MaxValue ? new(0, uint.MaxValue, uint.MaxValue) : new((uint)Start, Length, uint.MaxValue);

    /// <summary>Without the numbers at both ends whose lower half is not in an arc of halves; null when none is left.</summary>
    public Arc? MeetHalves(Arc halves)
    {
        // Both are turned so that this one starts at zero.
        uint first = (uint)(halves.Start - Start), rest = (uint)Length;
        if (halves.Length > uint.MaxValue - first)
        {
            uint end = first + (uint)halves.Length;
            return rest > end && rest < first ? this with { Length = Length - (rest - end) } : this;
        }

        if (Length < first) return null;
        ulong last = first + halves.Length, beyond = rest < first ? rest + (1UL << 32) - last : rest >= last ? rest - last : 0;
        return Length - first < beyond ? null : new(Start + first, Length - first - beyond, Greatest);
    }

    /// <summary>The ends as unsigned numbers; all of them when it crosses zero.</summary>
    public (ulong Least, ulong Most) Unsigned() => Length > Greatest - Start ? (0, Greatest) : (Start, Start + Length);

    /// <summary>The ends as signed numbers, cut to the width; all of them when it crosses from the greatest to the least.</summary>
    public (ulong Least, ulong Most) Signed()
    {
        ulong least = (Greatest >> 1) + 1;
        var (start, end) = (this with { Start = (Start - least) & Greatest }).Unsigned();
        return ((start + least) & Greatest, (end + least) & Greatest);
    }
}
