// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>What a section holds: <c>sh_type</c>.</summary>
public enum ElfSectionType : uint
{
    /// <summary>Nothing; the header is unused.</summary>
    Null = 0,

    /// <summary>Whatever the program means by it.</summary>
    ProgramBits = 1,

    /// <summary>Symbols for linking.</summary>
    SymbolTable = 2,

    /// <summary>Names.</summary>
    StringTable = 3,

    /// <summary>Relocations with their addends.</summary>
    RelocationsWithAddends = 4,

    /// <summary>A symbol hash table.</summary>
    Hash = 5,

    /// <summary>What the dynamic linker needs.</summary>
    Dynamic = 6,

    /// <summary>Notes.</summary>
    Note = 7,

    /// <summary>Zeros that take no room in the file.</summary>
    NoBits = 8,

    /// <summary>Relocations whose addends are in place.</summary>
    Relocations = 9,

    /// <summary>Symbols for dynamic linking.</summary>
    DynamicSymbols = 11,

    /// <summary>Section numbers that do not fit their symbols.</summary>
    SymbolSectionIndices = 18,
}
