// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Tests.Values;

/// <summary>
/// Numbers near which arithmetic goes wrong, and sets that are known to have them. A set is made from its members outward: each way of
/// seeing it is widened by a chance of its own, so that every way says something that the others do not.
/// </summary>
internal sealed class RandomNumbers(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>One of so many.</summary>
    public int Below(int count) => _random.Next(count);

    /// <summary>One of some.</summary>
    public T Pick<T>(ReadOnlySpan<T> of) => of[_random.Next(of.Length)];

    /// <summary>A number, most often a short one or one near a border.</summary>
    public ulong Number() => _random.Next(6) switch
    {
        0 => (ulong)_random.Next(-4, 5),
        1 => Around(1UL << _random.Next(64)),
        2 => Around(~(ulong)uint.MaxValue << _random.Next(32)),
        3 => Around(Pick<ulong>([int.MaxValue, uint.MaxValue, long.MaxValue, 1UL << 63, 0xffff_ffff_8000_0000])),
        4 => Any() >> _random.Next(64),
        _ => Any(),
    };

    /// <summary>Two numbers, often near each other, so that what is known of both is much.</summary>
    public ulong[] Members()
    {
        ulong first = Number();
        return [first, _random.Next(3) switch { 0 => first, 1 => first + ((Any() >> _random.Next(64)) * (ulong)_random.Next(-1, 2)), _ => Number() }];
    }

    /// <summary>Bits that fit all members.</summary>
    public Tnum BitsOf(ReadOnlySpan<ulong> members)
    {
        ulong unknown = _random.Next(3) switch { 0 => 0, 1 => Any() & Any() & Any(), _ => ulong.MaxValue };
        foreach (ulong member in members) unknown |= member ^ members[0];
        return new(members[0] & ~unknown, unknown);
    }

    /// <summary>A range that has all members.</summary>
    public ScalarRange RangeOf(params ReadOnlySpan<ulong> members)
    {
        var range = ScalarRange.Unknown with { Bits = BitsOf(members) };
        if (IsKnown()) range = range with { Least = (ulong)Down(Least(members, n => n), 0), Greatest = (ulong)Up(Greatest(members, n => n), ulong.MaxValue) };
        if (IsKnown()) range = range with { Least32 = (uint)Down(Least(members, n => (uint)n), 0), Greatest32 = (uint)Up(Greatest(members, n => (uint)n), uint.MaxValue) };
        if (IsKnown()) range = range with { SignedLeast = (long)Down(Least(members, n => (long)n), long.MinValue), SignedGreatest = (long)Up(Greatest(members, n => (long)n), long.MaxValue) };
        if (IsKnown()) range = range with { SignedLeast32 = (int)Down(Least(members, n => (int)n), int.MinValue), SignedGreatest32 = (int)Up(Greatest(members, n => (int)n), int.MaxValue) };
        return range;
    }

    private static Int128 Least(ReadOnlySpan<ulong> members, Func<ulong, Int128> reading)
    {
        var least = Int128.MaxValue;
        foreach (ulong member in members) least = Int128.Min(least, reading(member));
        return least;
    }

    private static Int128 Greatest(ReadOnlySpan<ulong> members, Func<ulong, Int128> reading)
    {
        var greatest = Int128.MinValue;
        foreach (ulong member in members) greatest = Int128.Max(greatest, reading(member));
        return greatest;
    }

    private bool IsKnown() => _random.Next(3) != 0;

    private Int128 Down(Int128 number, Int128 end) => Int128.Max(number - Slack(), end);

    private Int128 Up(Int128 number, Int128 end) => Int128.Min(number + Slack(), end);

    private Int128 Slack() => _random.Next(2) == 0 ? 0 : Any() >> _random.Next(64);

    private ulong Around(ulong number) => number + (ulong)_random.Next(-2, 3);

    private ulong Any() => (ulong)_random.NextInt64() ^ ((ulong)_random.NextInt64() << 1);
}
