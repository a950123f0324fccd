// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>What an arithmetic instruction does: the high four bits of its opcode.</summary>
public enum AluOperation : byte
{
    /// <summary>Addition.</summary>
    Add = 0x00,

    /// <summary>Subtraction.</summary>
    Sub = 0x10,

    /// <summary>Multiplication.</summary>
    Mul = 0x20,

    /// <summary>Division: unsigned with offset 0, signed with offset 1.</summary>
    Div = 0x30,

    /// <summary>Bitwise or.</summary>
    Or = 0x40,

    /// <summary>Bitwise and.</summary>
    And = 0x50,

    /// <summary>Shift to the left.</summary>
    Lsh = 0x60,

    /// <summary>Logical shift to the right.</summary>
    Rsh = 0x70,

    /// <summary>Two's complement negation.</summary>
    Neg = 0x80,

    /// <summary>Remainder: unsigned with offset 0, signed with offset 1.</summary>
    Mod = 0x90,

    /// <summary>Bitwise exclusive or.</summary>
    Xor = 0xa0,

    /// <summary>Copy; with an offset of 8, 16 or 32, copy with sign extension.</summary>
    Mov = 0xb0,

    /// <summary>Arithmetic shift to the right.</summary>
    Arsh = 0xc0,

    /// <summary>Byte-order conversion; the immediate is the width in bits.</summary>
    End = 0xd0,
}
