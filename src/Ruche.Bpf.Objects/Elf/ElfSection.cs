// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Elf;

/// <summary>One section header. The contents are read through <see cref="ElfFile.Contents(ElfSection)"/>.</summary>
public sealed record ElfSection
{
    /// <summary>Its number in the section table.</summary>
    public required int Index { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public ElfSectionType Type { get; init; }

    /// <summary>Its properties.</summary>
    public ElfSectionFlags Flags { get; init; }

    /// <summary>Its virtual address; 0 in relocatable objects.</summary>
    public ulong Address { get; init; }

    /// <summary>Where its contents start in the file.</summary>
    public ulong Offset { get; init; }

    /// <summary>How many bytes it has, in the file unless <see cref="ElfSectionType.NoBits"/>.</summary>
    public ulong Size { get; init; }

    /// <summary>A related section, by type: the string table of a symbol table, the symbol table of relocations.</summary>
    public uint Link { get; init; }

    /// <summary>Further meaning by type: for relocations, the section they change.</summary>
    public uint Info { get; init; }

    /// <summary>Required alignment; 0 and 1 mean none.</summary>
    public ulong Alignment { get; init; }

    /// <summary>Bytes per entry, for tables.</summary>
    public ulong EntrySize { get; init; }

    /// <summary>Whether the section holds code.</summary>
    public bool IsCode => (Flags & ElfSectionFlags.Execute) != 0 && Type is ElfSectionType.ProgramBits;
}
