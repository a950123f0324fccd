// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>Whole opcodes that are compared as such, and the parts of the others.</summary>
public static class Opcodes
{
    /// <summary>The bit that makes the second operand a register: <c>BPF_X</c>.</summary>
    public const byte RegisterBit = 0x08;

    /// <summary>Bits of <see cref="AluOperation"/> and <see cref="JumpOperation"/>.</summary>
    public const byte OperationMask = 0xf0;

    /// <summary>Bits of <see cref="MemoryMode"/>.</summary>
    public const byte ModeMask = 0xe0;

    /// <summary>Bits of <see cref="MemoryWidth"/>.</summary>
    public const byte WidthMask = 0x18;

    /// <summary>First slot of a 64-bit immediate load.</summary>
    public const byte LoadWide = 0x18;

    /// <summary>Jump by the 16-bit offset.</summary>
    public const byte Goto = 0x05;

    /// <summary>Jump by the 32-bit immediate: <c>gotol</c>. Linux 6.6.</summary>
    public const byte GotoLong = 0x06;

    /// <summary>Jump to the address in a register: <c>gotox</c>. Linux 6.19.</summary>
    public const byte GotoRegister = 0x0d;

    /// <summary>Call by the immediate.</summary>
    public const byte Call = 0x85;

    /// <summary>Call of the address in a register; Linux does not load it.</summary>
    public const byte CallRegister = 0x8d;

    /// <summary>Return from the function.</summary>
    public const byte Exit = 0x95;

    /// <summary>Jump when the program has run long enough: <c>may_goto</c>. Linux 6.9.</summary>
    public const byte MayGoto = 0xe5;

    /// <summary>64-bit move from a register; its offset selects sign extension and address-space casts.</summary>
    public const byte Mov64Register = 0xbf;

    /// <summary>Offset of a 64-bit register move that casts between address spaces. Linux 6.9.</summary>
    public const short AddressSpaceCast = 1;

    /// <summary>Offset of a 64-bit register move that makes a per-CPU address; only the kernel writes it.</summary>
    public const short PerCpuAddress = -1;

    /// <summary>The opcode of an arithmetic instruction.</summary>
    public static byte Of(InstructionClass @class, AluOperation operation, bool register) =>
        (byte)((byte)operation | (register ? RegisterBit : 0) | (byte)@class);

    /// <summary>The opcode of a jump.</summary>
    public static byte Of(InstructionClass @class, JumpOperation operation, bool register) =>
        (byte)((byte)operation | (register ? RegisterBit : 0) | (byte)@class);

    /// <summary>The opcode of a load or store.</summary>
    public static byte Of(InstructionClass @class, MemoryMode mode, MemoryWidth width) =>
        (byte)((byte)mode | (byte)width | (byte)@class);
}
