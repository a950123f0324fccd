// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>The class of an instruction: the low three bits of its opcode.</summary>
public enum InstructionClass : byte
{
    /// <summary>Loads that are not from memory: wide immediates and the legacy packet loads.</summary>
    Load,

    /// <summary>Loads from memory into a register.</summary>
    LoadX,

    /// <summary>Stores of an immediate.</summary>
    Store,

    /// <summary>Stores of a register, and atomics.</summary>
    StoreX,

    /// <summary>32-bit arithmetic.</summary>
    Alu32,

    /// <summary>64-bit jumps, calls and exit.</summary>
    Jump,

    /// <summary>32-bit jumps.</summary>
    Jump32,

    /// <summary>64-bit arithmetic.</summary>
    Alu64,
}
