// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>
/// Writes x64 instructions as bytes: those that the compiler uses and no others. A general assembler takes ten times as long as the whole
/// compilation may; the tests hold every instruction against a disassembler.
/// </summary>
internal sealed partial class X64Emitter
{
    private const int Longest = 16;

    private readonly List<(int At, int Label)> _jumps = new(64);
    private byte[] _code = new byte[4096];
    private int[] _labels = new int[512];
    private int _labelCount;

    /// <summary>How many bytes there are.</summary>
    public int Length { get; private set; }

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
    public void Bind(int label) => Bind(label, Length);

    /// <summary>The label is at a place that is known.</summary>
    public void Bind(int label, int place) => _labels[label] = place;

    /// <summary>Where a label is.</summary>
    public int PlaceOf(int label) => _labels[label];

    /// <summary>Code that is made already.</summary>
    public void Append(ReadOnlySpan<byte> code)
    {
        Reserve(code.Length);
        code.CopyTo(_code.AsSpan(Length));
        Length += code.Length;
    }

    /// <summary>Forgets everything, to begin anew in the same memory.</summary>
    public void Clear()
    {
        _jumps.Clear();
        (_labelCount, Length) = (0, 0);
    }

    /// <summary>The code, every jump pointing where it goes. Valid until <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        foreach (var (at, label) in _jumps)
            BinaryPrimitives.WriteInt32LittleEndian(_code.AsSpan(at), _labels[label] - (at + sizeof(int)));
        return _code.AsSpan(0, Length);
    }

    /// <summary>Fills up with instructions that do nothing.</summary>
    public void Align(int boundary)
    {
        int missing = -Length & (boundary - 1);
        Reserve(missing);
        while (missing > 0)
        {
            int part = Math.Min(missing, 9);
            NopBytes.Slice(part * (part - 1) / 2, part).CopyTo(_code.AsSpan(Length)); // one of each length, one after the other
            Length += part;
            missing -= part;
        }
    }

    private void Reserve(int bytes = Longest)
    {
        if (_code.Length - Length < bytes) Array.Resize(ref _code, Math.Max(_code.Length * 2, Length + bytes));
    }

    // SAFETY: each instruction reserves room for the longest one before its first byte.
    private ref byte Next => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_code), (uint)Length);

    private void Byte(int value)
    {
        Next = (byte)value;
        Length++;
    }

    private void Word(int value)
    {
        Unsafe.WriteUnaligned(ref Next, value);
        Length += sizeof(int);
    }

    /// <summary>An opcode: one byte, or two or three with the escapes 0x0f, 0x0f38.</summary>
    private void Opcode(int opcode)
    {
        if (opcode > 0xffff) Byte(opcode >> 16);
        if (opcode > 0xff) Byte(opcode >> 8);
        Byte(opcode);
    }

    /// <summary>Prefixes, opcode and two registers. Low registers 4 to 7 of a byte need a prefix to be what they are called.</summary>
    private void Registers(bool wide, int opcode, int reg, X64Register rm, bool isByte = false, int prefix = 0)
    {
        Reserve();
        if (prefix != 0) Byte(prefix);
        int rex = (wide ? 8 : 0) | ((reg & 8) >> 1) | ((int)rm >> 3);
        if (rex != 0 || (isByte && (reg is >= 4 and < 8 || (int)rm is >= 4 and < 8))) Byte(0x40 | rex);
        Opcode(opcode);
        Byte(0xc0 | ((reg & 7) << 3) | ((int)rm & 7));
    }

    /// <summary>Prefixes, opcode, a register and a place in memory.</summary>
    private void Memory(bool wide, int opcode, int reg, X64Operand memory, bool isByte = false, int prefix = 0)
    {
        Reserve();
        if (prefix != 0) Byte(prefix);
        int rex = (wide ? 8 : 0) | ((reg & 8) >> 1) | ((int)(memory.Index ?? 0) >> 3 << 1) | ((int)(memory.Base ?? 0) >> 3);
        if (rex != 0 || (isByte && reg is >= 4 and < 8)) Byte(0x40 | rex);
        Opcode(opcode);
        Place(reg, memory);
    }

    private void Place(int reg, X64Operand memory)
    {
        int field = (reg & 7) << 3;
        int index = memory.Index is { } i ? (int)i & 7 : 4;
        if (memory.Base is not { } @base)
        {
            // Without a base there is always a displacement of four bytes.
            Byte(field | 4);
            Byte((memory.Scale << 6) | (index << 3) | 5);
            Word(memory.Displacement);
            return;
        }

        int low = (int)@base & 7;
        // RBP and R13 have no form without a displacement, RSP and R12 none without the second byte.
        int mode = memory.Displacement == 0 && low != 5 ? 0 : (sbyte)memory.Displacement == memory.Displacement ? 0x40 : 0x80;
        if (memory.Index is null && low != 4) Byte(mode | field | low);
        else
        {
            Byte(mode | field | 4);
            Byte((memory.Scale << 6) | (index << 3) | low);
        }

        if (mode == 0x40) Byte(memory.Displacement);
        else if (mode == 0x80) Word(memory.Displacement);
    }

    private static ReadOnlySpan<byte> NopBytes =>
    [
        0x90,
        0x66, 0x90,
        0x0f, 0x1f, 0x00,
        0x0f, 0x1f, 0x40, 0x00,
        0x0f, 0x1f, 0x44, 0x00, 0x00,
        0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00,
        0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00,
        0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00,
        0x66, 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00,
    ];
}
