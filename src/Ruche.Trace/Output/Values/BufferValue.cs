// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Ruche.Trace.Output.Values;

/// <summary>Buffers: their length, and so many bytes.</summary>
internal static class BufferValue
{
    /// <summary>The bytes that count; no more than there are, whatever the length says.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> value)
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(value);
        var content = value[sizeof(uint)..];
        return content[..(int)Math.Min(length, (uint)content.Length)];
    }
}
