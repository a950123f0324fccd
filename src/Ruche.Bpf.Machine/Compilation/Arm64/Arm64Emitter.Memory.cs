// SPDX-License-Identifier: MIT
using System.Numerics;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Register;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <content>Memory, and what makes code in it executable.</content>
internal sealed partial class Arm64Emitter
{
    private const int PairBytes = 2 * sizeof(ulong);
    private const int VectorBytes = 16;

    /// <summary>A load of 1, 2, 4 or 8 bytes, extended to 64.</summary>
    public void Load(Arm64Register to, Arm64Operand from, int bytes, bool signed = false) => Access(signed ? 2u : 1, to, from, bytes);

    public void Store(Arm64Operand to, Arm64Register from, int bytes) => Access(0, from, to, bytes);

    /// <summary>Two registers to neighbouring places, the displacement a multiple of eight from -512 to 504.</summary>
    public void StorePair(Arm64Operand to, Arm64Register first, Arm64Register second) => Pair(0xa900_0000, to, first, second);

    public void LoadPair(Arm64Operand from, Arm64Register first, Arm64Register second) => Pair(0xa940_0000, from, first, second);

    /// <summary>Registers on the stack, whose pointer stays a multiple of sixteen.</summary>
    public void Push(ReadOnlySpan<Arm64Register> registers)
    {
        for (int i = 0; i < registers.Length; i += 2)
        {
            if (i + 1 < registers.Length) Pair(0xa980_0000, Arm64Operand.At(Stack, -PairBytes), registers[i], registers[i + 1]);
            else Word(0xf800_0c00 | Unscaled(-PairBytes) | ((uint)Stack << 5) | (uint)registers[i]);
        }
    }

    /// <summary>Gets back what was pushed.</summary>
    public void Pop(ReadOnlySpan<Arm64Register> registers)
    {
        for (int i = (registers.Length - 1) & ~1; i >= 0; i -= 2)
        {
            if (i + 1 < registers.Length) Pair(0xa8c0_0000, Arm64Operand.At(Stack, PairBytes), registers[i], registers[i + 1]);
            else Word(0xf840_0400 | Unscaled(PairBytes) | ((uint)Stack << 5) | (uint)registers[i]);
        }
    }

    /// <summary>What comes later in the program comes later for others too.</summary>
    public void LoadAcquire(Arm64Register to, Arm64Register address, int bytes) => Atomic(0x08df_fc00, to, X0, address, bytes);

    /// <summary>What came before in the program came before for others too.</summary>
    public void StoreRelease(Arm64Register address, Arm64Register from, int bytes) => Atomic(0x089f_fc00, from, X0, address, bytes);

    /// <summary>An atomic change, ordered with everything before and after it.</summary>
    public void Fetch(Arm64Atomic operation, bool wide, Arm64Register old, Arm64Register with, Arm64Register address) =>
        Atomic(0x38e0_0000 | ((uint)operation << 12), old, with, address, wide ? 8 : 4);

    /// <summary>An atomic change, in any order.</summary>
    public void Change(Arm64Atomic operation, bool wide, Arm64Register with, Arm64Register address) =>
        Atomic(0x3820_0000 | ((uint)operation << 12), Zero, with, address, wide ? 8 : 4);

    /// <summary>Stores when memory holds what is expected, and says what it held; ordered with everything before and after it.</summary>
    public void CompareExchange(bool wide, Arm64Register expected, Arm64Register with, Arm64Register address) =>
        Atomic(0x08e0_fc00, with, expected, address, wide ? 8 : 4);

    /// <summary>V0 of zeros.</summary>
    public void ClearVector() => Word(0x6f00_e400);

    /// <summary>V0 twice, to 32 bytes of memory; the displacement a multiple of sixteen from -1024 to 1008.</summary>
    public void StoreVectors(Arm64Register address, int displacement) =>
        Word(0xad00_0000 | (((uint)(displacement / VectorBytes) & 0x7f) << 15) | ((uint)address << 5));

    /// <summary>The processor's caches: how long their lines are, among other things.</summary>
    public void ReadCacheType(Arm64Register to) => Word(0xd53b_0020 | (uint)to);

    /// <summary>A line of the data cache goes where instructions are fetched from.</summary>
    public void CleanData(Arm64Register address) => Word(0xd50b_7b20 | (uint)address);

    /// <summary>A line of every processor's instruction cache is fetched anew.</summary>
    public void InvalidateInstructions(Arm64Register address) => Word(0xd50b_7520 | (uint)address);

    /// <summary>Waits until that has happened everywhere.</summary>
    public void WaitForAll() => Word(0xd503_3b9f);

    /// <summary>What this processor has fetched already is fetched anew.</summary>
    public void FetchAnew() => Word(0xd503_3fdf);

    private void Access(uint operation, Arm64Register value, Arm64Operand memory, int bytes)
    {
        uint size = (uint)BitOperations.Log2((uint)bytes);
        uint instruction = 0x3800_0000 | (size << 30) | (operation << 22) | ((uint)memory.Base << 5) | (uint)value;
        if (memory.Index is { } index) Word(instruction | 0x0020_6800 | ((uint)index << 16) | (memory.IsScaled ? 1u << 12 : 0));
        else if (Arm64Operand.IsScalable(memory.Displacement, bytes)) Word(instruction | 0x0100_0000 | ((uint)(memory.Displacement >> (int)size) << 10));
        else Word(instruction | Unscaled(memory.Displacement));
    }

    private static uint Unscaled(int displacement) => ((uint)displacement & 0x1ff) << 12;

    private void Pair(uint opcode, Arm64Operand memory, Arm64Register first, Arm64Register second) =>
        Word(opcode | (((uint)(memory.Displacement / sizeof(ulong)) & 0x7f) << 15) | ((uint)second << 10) | ((uint)memory.Base << 5) | (uint)first);

    private void Atomic(uint opcode, Arm64Register value, Arm64Register other, Arm64Register address, int bytes) =>
        Word(opcode | ((uint)BitOperations.Log2((uint)bytes) << 30) | ((uint)other << 16) | ((uint)address << 5) | (uint)value);
}
