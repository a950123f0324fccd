// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Images;

namespace Ruche.Bpf.Objects.Elf;

public sealed partial class ElfFile
{
    private const uint GnuBuildId = 3;

    /// <summary>The build id that the linker stamped into the file, or empty.</summary>
    /// <exception cref="InvalidObjectException">A note contradicts itself.</exception>
    public ReadOnlyMemory<byte> BuildId
    {
        get
        {
            foreach (var note in Notes())
            {
                if (note is { Owner: "GNU", Type: GnuBuildId }) return note.Contents;
            }

            return default;
        }
    }

    /// <summary>All notes, from the sections, or from the segments when there are no sections.</summary>
    /// <exception cref="InvalidObjectException">A note contradicts itself.</exception>
    public IReadOnlyList<ElfNote> Notes()
    {
        List<ElfNote> notes = [];
        foreach (var section in Sections)
        {
            if (section.Type is ElfSectionType.Note) Collect(Contents(section), section.Alignment, section.Name, notes);
        }

        if (notes.Count > 0) return notes;
        foreach (var segment in Segments)
        {
            if (segment.Type is not ElfSegmentType.Note) continue;
            if (segment.FileSize > int.MaxValue) Source(null).ThrowTruncated((long)segment.FileSize, int.MaxValue, (long)segment.Offset);
            Collect(_bytes.Part((long)segment.Offset, (int)segment.FileSize), 4, null, notes);
        }

        return notes;
    }

    /// <summary>Finds a defined function or variable by its exact name, in <c>.symtab</c> first, then in <c>.dynsym</c>; does not
    /// read the whole tables. A version after <c>@</c> in the table is not part of the name.</summary>
    /// <exception cref="InvalidObjectException">A symbol table contradicts itself.</exception>
    public bool TryFindSymbol(string name, [NotNullWhen(true)] out ElfSymbol? symbol)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        byte[] wanted = Encoding.UTF8.GetBytes(name);
        return ByteOrder is ByteOrder.Little
            ? ElfTables.Find<LittleEndian>(this, wanted, out symbol)
            : ElfTables.Find<BigEndian>(this, wanted, out symbol);
    }

    /// <summary>The rows of <c>.symtab</c>, or of <c>.dynsym</c>; null when there is none. Read anew at each call.</summary>
    /// <exception cref="InvalidObjectException">The table contradicts itself.</exception>
    public ElfSymbolRows? SymbolRows(bool dynamic) =>
        ElfTables.Rows(this, dynamic ? ElfSectionType.DynamicSymbols : ElfSectionType.SymbolTable);

    /// <summary>Where a mapped address lies in the file: what a uprobe is attached to.</summary>
    public bool TryGetFileOffset(ulong address, out ulong offset)
    {
        foreach (var segment in Segments)
        {
            if (segment.Type is not ElfSegmentType.Load || address < segment.Address) continue;
            if (address - segment.Address >= segment.FileSize) continue;
            offset = segment.Offset + (address - segment.Address);
            return true;
        }

        offset = 0;
        return false;
    }

    /// <summary>The section of that number, or null when there is none.</summary>
    [SuppressMessage("Naming", "CA1721", Justification = "the other overload takes a name")]
    public ElfSection? Section(int index) => (uint)index < (uint)Sections.Length ? Sections[index] : null;

    private void Collect(ReadOnlyMemory<byte> contents, ulong alignment, string? section, List<ElfNote> notes)
    {
        if (ByteOrder is ByteOrder.Little) ElfTables.Notes<LittleEndian>(contents, alignment, Source(section), notes);
        else ElfTables.Notes<BigEndian>(contents, alignment, Source(section), notes);
    }
}
