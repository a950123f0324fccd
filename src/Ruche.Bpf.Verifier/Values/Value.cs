// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Verifier.Values;

/// <summary>
/// What a register holds, as far as it is known. Never changed: registers that hold the same thing share it, and a branch copies
/// references only.
/// </summary>
internal sealed record Value
{
    /// <summary>The link of two registers whose numbers differ by a constant: of which width the addition was.</summary>
    internal enum LinkWidth : byte
    {
        Equal,
        Add32,
        Add64,
    }

    /// <summary>What kind of thing it is.</summary>
    public ValueKind Kind { get; init; }

    /// <summary>What else is known about a pointer.</summary>
    public ValueFlags Flags { get; init; }

    /// <summary>The number; of a pointer, the part of its offset that is not known before the program runs.</summary>
    public ScalarRange Range { get; init; } = ScalarRange.Zero;

    /// <summary>Of a pointer, the part of its offset that is known.</summary>
    public int Offset { get; init; }

    /// <summary>What is learnt of one value holds for all of the same number; 0 for a value of its own.</summary>
    public int Id { get; init; }

    /// <summary>How much this number is above the others with its <see cref="Id"/>.</summary>
    public int Delta { get; init; }

    /// <summary>How it became so.</summary>
    public LinkWidth Link { get; init; }

    /// <summary>The reference that this pointer holds or depends on; 0 for none.</summary>
    public int Reference { get; init; }

    /// <summary>The map of a map, key or value pointer.</summary>
    public ProgramMap? Map { get; init; }

    /// <summary>Tells apart values that different lookups gave: inner maps, and values with locks or timers.</summary>
    public int MapInstance { get; init; }

    /// <summary>The type of a kernel object.</summary>
    public TypeReference Type { get; init; }

    /// <summary>Bytes of a memory block.</summary>
    public int Size { get; init; }

    /// <summary>How many bytes from the variable part on are known to be in the packet.</summary>
    public int PacketRange { get; init; }

    /// <summary>That the pointer is beyond the packet's end (1) or just at it (-1), as a comparison showed; 0 when nothing was.</summary>
    public sbyte BeyondEnd { get; init; }

    /// <summary>Whose stack it is.</summary>
    public int Frame { get; init; }

    /// <summary>Which function a function pointer is.</summary>
    public int Function { get; init; }

    /// <summary>A dynptr's kind, an iterator's state.</summary>
    public DynamicState? Dynamic { get; init; }

    /// <summary>Where it came from; null for what has no need of it.</summary>
    public Origin? Origin { get; init; }

    /// <summary>Whether it is a pointer of any kind.</summary>
    public bool IsPointer => Kind > ValueKind.Scalar;

    /// <summary>Whether it is a number.</summary>
    public bool IsScalar => Kind is ValueKind.Scalar;

    /// <summary>Whether it is a number that is known.</summary>
    public bool IsConstant => Kind is ValueKind.Scalar && Range.IsConstant;

    /// <summary>Whether it is the number zero.</summary>
    public bool IsNull => Kind is ValueKind.Scalar && Range.IsZero;

    /// <summary>Whether a pointer may be null.</summary>
    public bool MayBeNull => (Flags & ValueFlags.MayBeNull) != 0;

    /// <summary>Whether it points into a packet or its metadata.</summary>
    public bool IsPacket => Kind is ValueKind.Packet or ValueKind.PacketMeta;

    /// <summary>Whether some proof needs the number; of a number without an origin nobody can tell.</summary>
    public bool IsPrecise => Origin is null or { IsPrecise: true };

    /// <summary>Nothing that may be read.</summary>
    public static Value Unwritten { get; } = new();

    /// <summary>A number of a range.</summary>
    public static Value Scalar(in ScalarRange range, Origin? origin) => new() { Kind = ValueKind.Scalar, Range = range, Origin = origin };

    /// <summary>Any number.</summary>
    public static Value Unknown(Origin? origin) => Scalar(ScalarRange.Unknown, origin);

    /// <summary>One number.</summary>
    public static Value Constant(ulong number, Origin? origin) => Scalar(ScalarRange.Constant(number), origin);

    /// <summary>A pointer without an offset.</summary>
    public static Value Pointer(ValueKind kind, ValueFlags flags = ValueFlags.None, Origin? origin = null) => new() { Kind = kind, Flags = flags, Origin = origin };

    /// <summary>Whether all flags are set.</summary>
    public bool Has(ValueFlags flags) => (Flags & flags) == flags;
}
