// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>Where an argument of a static trace point is found.</summary>
public enum UsdtArgumentKind
{
    /// <summary>Somewhere that is not understood, such as a floating-point register or an address relative to the code.</summary>
    Unknown,

    /// <summary>It is a number.</summary>
    Constant,

    /// <summary>In a register.</summary>
    Register,

    /// <summary>In memory, at a register's content and an offset.</summary>
    Memory,

    /// <summary>In memory, at a register's content, that of a second one times a power of two, and an offset.</summary>
    IndexedMemory,
}
