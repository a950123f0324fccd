// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Text;

namespace Ruche.Bpf.Netlink;

/// <summary>Walks the attributes of a netlink message; a malformed tail ends the walk.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> rest)
{
    private ReadOnlySpan<byte> _rest = rest;

    /// <summary>The current attribute's type, without its flag bits.</summary>
    public ushort Type { get; private set; }

    /// <summary>The current attribute's bytes.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>The current attribute as a 32-bit number; 0 when it is shorter.</summary>
    public readonly uint Number => Value.Length >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(Value) : 0;

    /// <summary>The current attribute as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Value.TrimEnd((byte)0));

    /// <summary>Goes to the next attribute.</summary>
    public bool Next()
    {
        if (_rest.Length < 4) return false;
        int length = BinaryPrimitives.ReadUInt16LittleEndian(_rest);
        if (length < 4 || length > _rest.Length) return false;
        Type = (ushort)(BinaryPrimitives.ReadUInt16LittleEndian(_rest[2..]) & 0x3fff);
        Value = _rest[4..length];
        _rest = _rest[Math.Min((length + 3) & ~3, _rest.Length)..];
        return true;
    }
}
