// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>Walking the indexes of an array.</summary>
internal static class Indexes
{
    /// <summary>The index after another; the first after none and after one that is too large.</summary>
    public static Errno Next(ReadOnlySpan<byte> key, Span<byte> next, uint count)
    {
        uint index = key.IsEmpty ? uint.MaxValue : MemoryMarshal.Read<uint>(key);
        if (index == count - 1) return Errno.ENOENT;
        MemoryMarshal.Write(next, index >= count ? 0 : index + 1);
        return Errno.None;
    }
}
