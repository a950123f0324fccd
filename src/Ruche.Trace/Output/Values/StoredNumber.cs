// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Values;

/// <summary>Numbers as they lie in records: little-endian, extended to 64 bits.</summary>
internal static class StoredNumber
{
    /// <summary>A number, a truth value, an enumeration or an address.</summary>
    public static long Of(TraceType type, ReadOnlySpan<byte> value) => type switch
    {
        TraceType.Integer x => Read(value, x.Bytes, x.IsSigned),
        TraceType.Boolean => value[0] == 0 ? 0 : 1,
        TraceType.Enumeration x => Read(value, x.Layout.Bytes, x.Layout.IsSigned),
        _ => BinaryPrimitives.ReadInt64LittleEndian(value),
    };

    /// <summary>Some bits of a number, which begin so many above its lowest.</summary>
    public static long Bits(long number, int offset, int size, bool isSigned)
    {
        long moved = number << (64 - offset - size);
        return isSigned ? moved >> (64 - size) : (long)((ulong)moved >> (64 - size));
    }

    private static long Read(ReadOnlySpan<byte> value, int bytes, bool isSigned) => (bytes, isSigned) switch
    {
        (1, true) => (sbyte)value[0],
        (1, false) => value[0],
        (2, true) => BinaryPrimitives.ReadInt16LittleEndian(value),
        (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(value),
        (4, true) => BinaryPrimitives.ReadInt32LittleEndian(value),
        (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(value),
        _ => BinaryPrimitives.ReadInt64LittleEndian(value),
    };
}
