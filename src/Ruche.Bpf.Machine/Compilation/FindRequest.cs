// SPDX-License-Identifier: MIT
using System.Numerics;
using Ruche.Bpf.Machine.Memory;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>What an access asks for that is not in the region found last, in 32 bits: they are made for every access of a program.</summary>
internal static class FindRequest
{
    /// <summary>The bits that say how many bytes there are, as a power of two.</summary>
    public const int SizeMask = 3;

    /// <summary>The bit that says that they are to be written.</summary>
    public const int WriteMask = (int)MemoryRights.Write << RightsShift;

    private const int RightsShift = 2;
    private const int SlotShift = 4;

    public static int Of(int slot, int bytes, MemoryRights rights) => BitOperations.Log2((uint)bytes) | ((int)rights << RightsShift) | (slot << SlotShift);

    public static (int Slot, uint Bytes, MemoryRights Rights) Read(int request) =>
        (request >>> SlotShift, 1u << (request & SizeMask), (MemoryRights)((request >> RightsShift) & (int)MemoryRights.ReadWrite));
}
