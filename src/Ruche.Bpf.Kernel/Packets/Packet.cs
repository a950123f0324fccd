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
}
