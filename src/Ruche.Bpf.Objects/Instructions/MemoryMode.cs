// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>How a load or store addresses memory: the high three bits of its opcode.</summary>
public enum MemoryMode : byte
{
    /// <summary>64-bit immediate in two slots.</summary>
    Immediate = 0x00,

    /// <summary>Legacy packet load at a constant offset.</summary>
    Absolute = 0x20,

    /// <summary>Legacy packet load at an offset held in a register.</summary>
    Indirect = 0x40,

    /// <summary>Ordinary memory.</summary>
    Memory = 0x60,

    /// <summary>Ordinary memory, sign-extending loads. Linux 6.6.</summary>
    SignExtended = 0x80,

    /// <summary>Atomic operation named by the immediate.</summary>
    Atomic = 0xc0,
}
