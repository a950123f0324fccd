// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Objects.Instructions;

/// <summary>
/// One eight-byte instruction slot, laid out as the kernel's <c>struct bpf_insn</c> on a little-endian host.
/// A 64-bit immediate load takes two slots, so slot numbers are the kernel's instruction numbers.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
public readonly partial record struct Instruction
{
    /// <summary>Bytes per slot.</summary>
    public const int Size = 8;

    private readonly byte _opcode;
    private readonly byte _registers;
    private readonly short _offset;
    private readonly int _immediate;

    /// <summary>Makes a slot of its five fields.</summary>
    public Instruction(byte opcode, Register destination, Register source, short offset, int immediate)
    {
        _opcode = opcode;
        _registers = (byte)(((int)source << 4) | ((int)destination & 0xf));
        _offset = offset;
        _immediate = immediate;
    }

    /// <summary>Class, operation and mode bits.</summary>
    public byte Opcode => _opcode;

    /// <summary>Signed 16-bit offset: a branch distance, a memory displacement, or an operation modifier.</summary>
    public short Offset => _offset;

    /// <summary>Signed 32-bit immediate.</summary>
    public int Immediate => _immediate;

    /// <summary>The destination register.</summary>
    public Register Destination => (Register)(_registers & 0xf);

    /// <summary>The source register, or the pseudo-source of a wide load or call.</summary>
    public Register Source => (Register)(_registers >> 4);

    /// <summary>The low three bits of the opcode.</summary>
    public InstructionClass Class => (InstructionClass)(Opcode & 7);

    /// <summary>Whether this is the first slot of a 64-bit immediate load.</summary>
    public bool IsWide => Opcode == 0x18;

    /// <summary>The same slot with another source register.</summary>
    public Instruction WithSource(Register source) => new(Opcode, Destination, source, Offset, Immediate);

    /// <summary>The same slot with another offset.</summary>
    public Instruction WithOffset(short offset) => new(Opcode, Destination, Source, offset, Immediate);

    /// <summary>The same slot with another immediate.</summary>
    public Instruction WithImmediate(int immediate) => new(Opcode, Destination, Source, Offset, immediate);
}
