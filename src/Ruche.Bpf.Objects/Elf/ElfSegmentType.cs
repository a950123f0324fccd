// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>What a segment is for: <c>p_type</c>.</summary>
public enum ElfSegmentType : uint
{
    /// <summary>Unused.</summary>
    Null = 0,

    /// <summary>Mapped into memory.</summary>
    Load = 1,

    /// <summary>What the dynamic linker needs.</summary>
    Dynamic = 2,

    /// <summary>The path of the dynamic linker.</summary>
    Interpreter = 3,

    /// <summary>Notes.</summary>
    Note = 4,

    /// <summary>The program headers themselves.</summary>
    ProgramHeaders = 6,

    /// <summary>The template of thread-local storage.</summary>
    ThreadLocal = 7,
}
