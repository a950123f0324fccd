// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Trace.Types;

/// <summary>What kind of value an expression has, and how such a value lies in memory, see <see cref="ValueLayout"/>. The set is closed.</summary>
internal abstract record TraceType
{
    private TraceType()
    {
    }

    /// <summary>No value, or not known yet.</summary>
    public static TraceType None { get; } = new Nothing();

    /// <summary>True or false.</summary>
    public static TraceType Bool { get; } = new Boolean();

    /// <summary>A signed number of 64 bits.</summary>
    public static TraceType Int64 { get; } = new Integer(8, true);

    /// <summary>An unsigned number of 64 bits.</summary>
    public static TraceType UInt64 { get; } = new Integer(8, false);

    /// <summary>An unsigned number of 8 bits.</summary>
    public static TraceType UInt8 { get; } = new Integer(1, false);

    /// <summary>A signed number of 32 bits.</summary>
    public static TraceType Int32 { get; } = new Integer(4, true);

    /// <summary>An unsigned number of 32 bits.</summary>
    public static TraceType UInt32 { get; } = new Integer(4, false);

    /// <summary>As a script writes it.</summary>
    public sealed override string ToString() => TypeText.Of(this);

    /// <summary>No value, or not known yet.</summary>
    public sealed record Nothing : TraceType;

    /// <summary>A number of 1, 2, 4 or 8 bytes.</summary>
    public sealed record Integer(int Bytes, bool IsSigned) : TraceType;

    /// <summary>True or false.</summary>
    public sealed record Boolean : TraceType;

    /// <summary>A number whose values have names.</summary>
    public sealed record Enumeration(EnumLayout Layout) : TraceType;

    /// <summary>Text in <paramref name="Capacity"/> bytes, the zero that ends it among them.</summary>
    public sealed record Text(int Capacity) : TraceType;

    /// <summary>Up to so many bytes; how many there are stands before them.</summary>
    public sealed record Buffer(int Capacity) : TraceType;

    /// <summary>Some values one after another.</summary>
    public sealed record Array(TraceType Element, int Count) : TraceType;

    /// <summary>An address of something, of the kernel or of the process.</summary>
    public sealed record Pointer(TraceType Target, MemorySpace Space) : TraceType;

    /// <summary>A structure or union.</summary>
    public sealed record Record(RecordLayout Layout) : TraceType;

    /// <summary>Several values in order, with names or without.</summary>
    public sealed record Tuple(ImmutableArray<TraceType> Elements) : TraceType
    {
        /// <summary>What the elements are called, where a script writes <c>(a=1, b=2)</c>; empty otherwise.</summary>
        public ImmutableArray<string> Names { get; init; } = [];

        /// <summary>Where an element of another tuple of the same names, in any order, stands in this one.</summary>
        public int PositionOf(int element, Tuple other) => Names.IsEmpty ? element : Names.IndexOf(other.Names[element]);

        public bool Equals(Tuple? other) => other is not null && Elements.SequenceEqual(other.Elements) && Names.SequenceEqual(other.Names);

        public override int GetHashCode() => Elements.Length == 0 ? 0 : HashCode.Combine(Elements.Length, Elements[0]);
    }

    /// <summary>A stack of addresses, kept in a map of the kernel.</summary>
    public sealed record Stack(bool IsUser, StackMode Mode, int Depth) : TraceType
    {
        /// <summary>Whether it was found by what the program's file says of its frames, not by frame pointers.</summary>
        public bool IsUnwound { get; init; }
    }

    /// <summary>An address that is shown as a name.</summary>
    public sealed record Symbol(bool IsUser) : TraceType;

    /// <summary>An address of the internet protocol, of either version.</summary>
    public sealed record InternetAddress : TraceType;

    /// <summary>A hardware address of a network device.</summary>
    public sealed record HardwareAddress : TraceType;

    /// <summary>A moment, shown by a format of strftime(3); the number is the format's position among the script's.</summary>
    public sealed record Timestamp(int Format) : TraceType;

    /// <summary>A number of this host, shown by name.</summary>
    public sealed record Named(NameKind Kind) : TraceType;

    /// <summary>A number of the system, shown by its text.</summary>
    public sealed record Code(CodeKind Kind) : TraceType;

    /// <summary>What a map keeps of the values given to it.</summary>
    public sealed record Aggregate(Aggregation Of) : TraceType;
}
