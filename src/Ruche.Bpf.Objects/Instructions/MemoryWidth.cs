// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>How much a load or store moves: bits 3 and 4 of its opcode.</summary>
public enum MemoryWidth : byte
{
    /// <summary>Four bytes.</summary>
    Word = 0x00,

    /// <summary>Two bytes.</summary>
    Half = 0x08,

    /// <summary>One byte.</summary>
    Byte = 0x10,

    /// <summary>Eight bytes.</summary>
    Double = 0x18,
}
