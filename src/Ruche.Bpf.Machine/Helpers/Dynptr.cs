// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>
/// The sixteen bytes of a <c>struct bpf_dynptr</c> in the program's memory. A program may write what it likes there; every use is held
/// against the memory of the run again.
/// </summary>
internal readonly ref struct Dynptr(Span<byte> bytes)
{
    public const int Size = 16;

    private const uint ReadOnlyBit = 1u << 31;
    private const uint PacketBit = 1u << 30;
    private const uint LengthMask = 0xff_ffff;

    private readonly Span<byte> _bytes = bytes;

    /// <summary>The most that one holds.</summary>
    public static uint MaxLength => LengthMask;

    /// <summary>Where the data begin; of a packet, zero and more from its beginning.</summary>
    public ref ulong Data => ref MemoryMarshal.AsRef<ulong>(_bytes);

    public uint Length => Word & LengthMask;

    public bool IsReadOnly => (Word & ReadOnlyBit) != 0;

    public bool IsPacket => (Word & PacketBit) != 0;

    /// <summary>Whether it holds nothing.</summary>
    public bool IsNull => Data == 0 && !IsPacket;

    /// <summary>How far behind the beginning of the data it begins.</summary>
    public ref uint Offset => ref MemoryMarshal.AsRef<uint>(_bytes[12..]);

    private ref uint Word => ref MemoryMarshal.AsRef<uint>(_bytes[8..]);

    public void Set(ulong data, uint length, bool isReadOnly = false, bool isPacket = false)
    {
        Data = data;
        Word = (length & LengthMask) | (isReadOnly ? ReadOnlyBit : 0) | (isPacket ? PacketBit : 0);
        Offset = 0;
    }

    public void SetLength(uint length) => Word = (Word & ~LengthMask) | (length & LengthMask);

    public void MakeReadOnly() => Word |= ReadOnlyBit;

    public void Clear() => _bytes.Clear();

    public void CopyTo(Dynptr other) => _bytes.CopyTo(other._bytes);

    /// <summary>Why a part of it cannot be used.</summary>
    public Errno Check(uint offset, ulong length) => length > Length || offset > Length - length ? Errno.E2BIG : Errno.None;
}
