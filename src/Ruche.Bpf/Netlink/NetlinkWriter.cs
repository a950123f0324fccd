// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Ruche.Bpf.Netlink;

/// <summary>Builds one netlink request in a caller's buffer: header, fixed part, attributes. Netlink is in host byte order.</summary>
internal ref struct NetlinkWriter
{
    public const int HeaderSize = 16;
    private const int NestedFlag = 1 << 15;

    private readonly Span<byte> _buffer;
    private int _length;

    public NetlinkWriter(Span<byte> buffer, ushort type, NetlinkFlags flags)
    {
        _buffer = buffer;
        _buffer.Clear();
        _length = HeaderSize;
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer[4..], type);
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer[6..], (ushort)flags);
    }

    /// <summary>Appends the message's fixed part.</summary>
    public void Fixed<T>(in T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(_buffer[_length..], in value);
        _length = Align(_length + System.Runtime.CompilerServices.Unsafe.SizeOf<T>());
    }

    /// <summary>Appends an attribute of bytes.</summary>
    public void Attribute(ushort type, scoped ReadOnlySpan<byte> value)
    {
        value.CopyTo(_buffer[(_length + 4)..]);
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer[_length..], checked((ushort)(4 + value.Length)));
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer[(_length + 2)..], type);
        _length = Align(_length + 4 + value.Length);
    }

    /// <summary>Appends an attribute of one 32-bit number.</summary>
    public void Attribute(ushort type, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        Attribute(type, bytes);
    }

    /// <summary>Appends an attribute of a zero-terminated text.</summary>
    public void Attribute(ushort type, string value) => Attribute(type, Encoding.UTF8.GetBytes(value + '\0'));

    /// <summary>Opens a nest; close it with the value returned.</summary>
    public int Open(ushort type)
    {
        int start = _length;
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer[(start + 2)..], (ushort)(type | NestedFlag));
        _length += 4;
        return start;
    }

    /// <summary>Closes a nest.</summary>
    public readonly void Close(int start) =>
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer[start..], checked((ushort)(_length - start)));

    /// <summary>Writes the length and the sequence number, and returns the message.</summary>
    public readonly ReadOnlySpan<byte> Finish(uint sequence)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer, _length);
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer[8..], sequence);
        return _buffer[.._length];
    }

    private static int Align(int length) => (length + 3) & ~3;
}
