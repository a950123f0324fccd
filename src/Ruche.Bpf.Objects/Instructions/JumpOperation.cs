// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>What a jump instruction tests or does: the high four bits of its opcode.</summary>
public enum JumpOperation : byte
{
    /// <summary>Unconditional jump; through a register when the register bit is set.</summary>
    Always = 0x00,

    /// <summary>Jump when equal.</summary>
    Equal = 0x10,

    /// <summary>Jump when greater, unsigned.</summary>
    Greater = 0x20,

    /// <summary>Jump when greater or equal, unsigned.</summary>
    GreaterOrEqual = 0x30,

    /// <summary>Jump when any bit is set in both.</summary>
    Set = 0x40,

    /// <summary>Jump when not equal.</summary>
    NotEqual = 0x50,

    /// <summary>Jump when greater, signed.</summary>
    SignedGreater = 0x60,

    /// <summary>Jump when greater or equal, signed.</summary>
    SignedGreaterOrEqual = 0x70,

    /// <summary>Call of a helper, a function of the program, or a kernel function: see <see cref="CallKind"/>.</summary>
    Call = 0x80,

    /// <summary>Return from the function.</summary>
    Exit = 0x90,

    /// <summary>Jump when less, unsigned.</summary>
    Less = 0xa0,

    /// <summary>Jump when less or equal, unsigned.</summary>
    LessOrEqual = 0xb0,

    /// <summary>Jump when less, signed.</summary>
    SignedLess = 0xc0,

    /// <summary>Jump when less or equal, signed.</summary>
    SignedLessOrEqual = 0xd0,

    /// <summary>Jump on a condition the kernel keeps; <c>may_goto</c> is the only one. Linux 6.9.</summary>
    Conditional = 0xe0,
}
