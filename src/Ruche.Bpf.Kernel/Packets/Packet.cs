// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace Ruche.Bpf.Kernel;

/// <summary>A place in a packet, from which headers are read one after another. Each read is compared with the packet's end, as the kernel wants it.</summary>
public unsafe ref struct Packet
{
    private byte* _position;
    private readonly byte* _end;

    internal Packet(byte* position, byte* end)
    {
        _position = position;
        _end = end;
    }

    /// <summary>How many bytes are left.</summary>
    public readonly long Remaining => _end - _position;

    /// <summary>Reads what comes next and goes past it; false, and it stays where it is, when the packet ends before.</summary>
    public bool TryRead<T>(out T header)
        where T : unmanaged
    {
        byte* after = _position + sizeof(T);
        if (after > _end)
        {
            header = default;
            return false;
        }

        header = *(T*)_position;
        _position = after;
        return true;
    }

    /// <summary>What comes next, in place, and goes past it; a null reference, see <see cref="Bpf.IsNull{T}"/>, when the packet ends before.</summary>
    public ref T Next<T>()
        where T : unmanaged
    {
        byte* at = _position;
        byte* after = at + sizeof(T);
        if (after > _end) return ref Unsafe.NullRef<T>();
        _position = after;
        return ref *(T*)at;
    }

    /// <summary>Goes past some bytes; whether they are there is seen at the next read. The compiler must know that they are few: at most 65,535.</summary>
    public void Skip(uint bytes) => _position += bytes;

    /// <summary>
    /// Goes past some bytes; false, and it stays where it is, when the packet ends before. The compiler must know that they are few: at most 65,535.
    /// </summary>
    public bool TrySkip(uint bytes)
    {
        byte* after = _position + bytes;
        if (after > _end) return false;
        _position = after;
        return true;
    }

    /// <summary>Reads what comes next and stays where it is; false when the packet ends before.</summary>
    public readonly bool TryPeek<T>(out T header)
        where T : unmanaged
    {
        if (_position + sizeof(T) > _end)
        {
            header = default;
            return false;
        }

        header = *(T*)_position;
        return true;
    }

    /// <summary>What comes next, in place, and stays where it is; a null reference, see <see cref="Bpf.IsNull{T}"/>, when the packet ends before.</summary>
    public readonly ref T Peek<T>()
        where T : unmanaged
    {
        if (_position + sizeof(T) > _end) return ref Unsafe.NullRef<T>();
        return ref *(T*)_position;
    }

    /// <summary>Reads what stands some bytes further and stays where it is; false when the packet ends before.</summary>
    public readonly bool TryPeek<T>(uint offset, out T value)
        where T : unmanaged
    {
        byte* at = _position + offset;
        if (at + sizeof(T) > _end)
        {
            value = default;
            return false;
        }

        value = *(T*)at;
        return true;
    }

    /// <summary>Overwrites what comes next and goes past it; false, and nothing is done, when the packet ends before.</summary>
    public bool TryWrite<T>(in T header)
        where T : unmanaged
    {
        byte* after = _position + sizeof(T);
        if (after > _end) return false;
        *(T*)_position = header;
        _position = after;
        return true;
    }

    /// <summary>The packet from some bytes further on; this one stays where it is.</summary>
    public readonly Packet From(uint offset) => new(_position + offset, _end);

    /// <summary>Whether the packet has at least so many bytes from here on.</summary>
    public readonly bool Has(uint bytes) => _position + bytes <= _end;
}
