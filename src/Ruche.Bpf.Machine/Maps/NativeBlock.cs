// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>Memory at a fixed address, zero at first and taken from the system as it is used. Freed when nothing refers to this object any more.</summary>
internal sealed unsafe class NativeBlock
{
    // Below that the collector need not hear of it.
    private const long Noticeable = 1 << 16;

    public NativeBlock(long length)
    {
        Start = (nint)NativeMemory.AllocZeroed((nuint)length);
        Length = length;
        if (length >= Noticeable) GC.AddMemoryPressure(length);
    }

    ~NativeBlock()
    {
        // SAFETY: nobody has a reference to this block, and addresses are only used by those who have one.
        NativeMemory.Free((void*)Start);
        if (Start != 0 && Length >= Noticeable) GC.RemoveMemoryPressure(Length);
    }

    public nint Start { get; }

    public long Length { get; }

    /// <summary>How far behind the start an address lies; false when it lies elsewhere.</summary>
    public bool TryOffset(ulong address, out ulong offset)
    {
        offset = address - (ulong)Start;
        return offset < (ulong)Length;
    }
}
