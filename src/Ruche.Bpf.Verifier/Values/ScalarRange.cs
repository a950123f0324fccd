// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier.Values;

/// <summary>
/// The numbers that a register may hold, seen in five ways: bit by bit, and as signed and unsigned intervals of the whole register
/// and of its lower half. Each way knows what the others cannot say; <see cref="Settle(Reasoning)"/> lets them learn from each other.
/// </summary>
internal readonly partial record struct ScalarRange
{
    /// <summary>The bits.</summary>
    public Tnum Bits { get; init; }

    /// <summary>The least value as a signed number.</summary>
    public long SignedLeast { get; init; }

    /// <summary>The greatest value as a signed number.</summary>
    public long SignedGreatest { get; init; }

    /// <summary>The least value as an unsigned number.</summary>
    public ulong Least { get; init; }

    /// <summary>The greatest value as an unsigned number.</summary>
    public ulong Greatest { get; init; }

    /// <summary>The least value of the lower half as a signed number.</summary>
    public int SignedLeast32 { get; init; }

    /// <summary>The greatest value of the lower half as a signed number.</summary>
    public int SignedGreatest32 { get; init; }

    /// <summary>The least value of the lower half as an unsigned number.</summary>
    public uint Least32 { get; init; }

    /// <summary>The greatest value of the lower half as an unsigned number.</summary>
    public uint Greatest32 { get; init; }

    /// <summary>Any number.</summary>
    public static ScalarRange Unknown { get; } = new()
    {
        Bits = Tnum.Unknown,
        SignedLeast = long.MinValue,
        SignedGreatest = long.MaxValue,
        Least = 0,
        Greatest = ulong.MaxValue,
        SignedLeast32 = int.MinValue,
        SignedGreatest32 = int.MaxValue,
        Least32 = 0,
        Greatest32 = uint.MaxValue,
    };

    /// <summary>Zero.</summary>
    public static ScalarRange Zero { get; } = Constant(0);

    /// <summary>Whether there is one number only.</summary>
    public bool IsConstant => Bits.IsConstant;

    /// <summary>Whether the lower half is one number only.</summary>
    public bool IsConstant32 => Bits.Lower.IsConstant;

    /// <summary>Whether this is zero and nothing else.</summary>
    public bool IsZero => Bits is { Value: 0, Mask: 0 };

    /// <summary>Whether nothing is known.</summary>
    public bool IsUnknown => this == Unknown;

    /// <summary>Whether no number is left: two facts contradict each other, so no run comes here.</summary>
    public bool IsEmpty =>
        SignedLeast > SignedGreatest || Least > Greatest || SignedLeast32 > SignedGreatest32 || Least32 > Greatest32;

    /// <summary>One number.</summary>
    public static ScalarRange Constant(ulong value) => new()
    {
        Bits = Tnum.Constant(value),
        SignedLeast = (long)value,
        SignedGreatest = (long)value,
        Least = value,
        Greatest = value,
        SignedLeast32 = (int)value,
        SignedGreatest32 = (int)value,
        Least32 = (uint)value,
        Greatest32 = (uint)value,
    };

    /// <summary>The numbers from one to another, as signed ones.</summary>
    public static ScalarRange Between(long least, long greatest) => (Unknown with { SignedLeast = least, SignedGreatest = greatest }).Settle(Reasoning.Newest);

    /// <summary>What a load of so many bytes gives, the upper ones being zero.</summary>
    public static ScalarRange OfBytes(int bytes) => Unknown.Truncate(bytes, Reasoning.Newest);

    /// <summary>The same number as unsigned bits say, without intervals of its own.</summary>
    public static ScalarRange OfBits(Tnum bits) => (Unknown with { Bits = bits }).Settle(Reasoning.Newest);

    /// <summary>Whether every number of another range is in this one.</summary>
    public bool Contains(in ScalarRange other) =>
        SignedLeast <= other.SignedLeast && SignedGreatest >= other.SignedGreatest && Least <= other.Least && Greatest >= other.Greatest
        && SignedLeast32 <= other.SignedLeast32 && SignedGreatest32 >= other.SignedGreatest32 && Least32 <= other.Least32
        && Greatest32 >= other.Greatest32 && Bits.Contains(other.Bits);

    /// <summary>Whether a number is in the range, by each of the five ways.</summary>
    public bool Contains(ulong number) =>
        Bits.Contains(number) && (long)number >= SignedLeast && (long)number <= SignedGreatest && number >= Least && number <= Greatest
        && (int)number >= SignedLeast32 && (int)number <= SignedGreatest32 && (uint)number >= Least32 && (uint)number <= Greatest32;

    /// <summary>What both say; empty when they contradict each other.</summary>
    internal ScalarRange Intersect(in ScalarRange other) => this with
    {
        Bits = Bits.Overlaps(other.Bits) ? Bits.Intersect(other.Bits) : Bits,
        SignedLeast = Math.Max(SignedLeast, other.SignedLeast),
        SignedGreatest = Math.Min(SignedGreatest, other.SignedGreatest),
        Least = Math.Max(Least, other.Least),
        Greatest = Math.Min(Greatest, other.Greatest),
        SignedLeast32 = Math.Max(SignedLeast32, other.SignedLeast32),
        SignedGreatest32 = Math.Min(SignedGreatest32, other.SignedGreatest32),
        Least32 = Math.Max(Least32, other.Least32),
        Greatest32 = Math.Min(Greatest32, other.Greatest32),
    };

    /// <summary>The same with a known lower half.</summary>
    internal ScalarRange WithHalf(uint half, Reasoning how) => (this with
    {
        Bits = Bits.WithLower(Tnum.Constant(half)),
        SignedLeast32 = (int)half,
        SignedGreatest32 = (int)half,
        Least32 = half,
        Greatest32 = half,
    }).Settle(how);

    /// <summary>Forgets what is known of the whole register and keeps the lower half's bounds.</summary>
    internal ScalarRange Forget64() => this with
    {
        SignedLeast = long.MinValue,
        SignedGreatest = long.MaxValue,
        Least = 0,
        Greatest = ulong.MaxValue,
    };

    /// <summary>Forgets what is known of the lower half's bounds.</summary>
    internal ScalarRange Forget32() => this with
    {
        SignedLeast32 = int.MinValue,
        SignedGreatest32 = int.MaxValue,
        Least32 = 0,
        Greatest32 = uint.MaxValue,
    };

    /// <summary>Forgets all bounds and keeps the bits.</summary>
    internal ScalarRange ForgetBounds() => Unknown with { Bits = Bits };
}
