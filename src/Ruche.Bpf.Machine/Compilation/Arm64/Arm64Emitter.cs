// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>
/// Writes arm64 instructions: those that the compiler uses and no others. Atomic operations are those of ARMv8.1. The tests hold every
/// instruction against a disassembler.
/// </summary>
/// <param name="instructions">For how many instructions of a program there is to be room at first.</param>
/// <param name="isFar">Whether what is jumped to may be further away than a conditional jump goes.</param>
internal sealed partial class Arm64Emitter(int instructions = 0, bool isFar = false)
{
    /// <summary>The length of every instruction.</summary>
    public const int InstructionBytes = sizeof(uint);

    private const int UsualInstructions = 6;
    private const int UsualLabels = 3;
    private const int FarBits = 26;
    private const int NearBits = 19;

    private readonly List<(int At, int Label)> _jumps = [];
    private uint[] _code = new uint[64 + (instructions * UsualInstructions)];
    private int[] _labels = new int[16 + (instructions * UsualLabels)];
    private int _labelCount;
    private int _count;

    /// <summary>How many bytes there are.</summary>
    public int Length => _count * InstructionBytes;

    /// <summary>A place to jump to, not bound yet.</summary>
    public int NewLabel() => NewLabels(1);

    /// <summary>Places to jump to; the first one's number.</summary>
    public int NewLabels(int count)
    {
        int first = _labelCount;
        _labelCount += count;
        if (_labels.Length < _labelCount) Array.Resize(ref _labels, Math.Max(_labelCount, _labels.Length * 2));
        _labels.AsSpan(first, count).Fill(-1);
        return first;
    }

    /// <summary>The label is here.</summary>
    public void Bind(int label) => _labels[label] = _count;

    /// <summary>The code, every jump pointing where it goes; false when one goes further than it can.</summary>
    public bool TryFinish(out ReadOnlySpan<byte> code)
    {
        code = MemoryMarshal.AsBytes(_code.AsSpan(0, _count));
        foreach (var (at, label) in _jumps)
        {
            int distance = _labels[label] - at;
            bool goesFar = IsUnconditional(_code[at]);
            if (!Fits(distance, goesFar ? FarBits : NearBits)) return false;
            _code[at] |= Distance(distance, goesFar);
        }

        return true;
    }

    private void Word(uint instruction)
    {
        if (_count == _code.Length) Array.Resize(ref _code, _code.Length * 2);
        _code[_count++] = instruction;
    }

    private void Branch(uint instruction, int label)
    {
        _jumps.Add((_count, label));
        Word(instruction);
    }

    // A jump that may go too far becomes the opposite jump over one that goes far enough.
    private void ConditionalBranch(uint instruction, uint opposite, int label)
    {
        bool isNear = _labels[label] < 0 ? !isFar : Fits(_labels[label] - _count, NearBits);
        if (isNear)
        {
            Branch(instruction, label);
            return;
        }

        Word(opposite | Distance(2, isFar: false));
        Jump(label);
    }

    private static bool IsUnconditional(uint instruction) => (instruction & 0x7c00_0000) == 0x1400_0000;

    private static bool Fits(int distance, int bits) => distance >> (bits - 1) is 0 or -1;

    private static uint Distance(int distance, bool isFar) => isFar ? (uint)distance & 0x3ff_ffff : ((uint)distance & 0x7_ffff) << 5;
}
