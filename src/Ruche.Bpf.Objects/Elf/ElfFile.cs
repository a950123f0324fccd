// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Images;

namespace Ruche.Bpf.Objects.Elf;

/// <summary>
/// A 64-bit ELF file of either byte order over untrusted bytes. Headers are read and checked at once; symbols, relocations
/// and notes when asked for. The image must not change while this is in use. Thread-safe.
/// </summary>
public sealed partial class ElfFile
{
    private readonly ImageBytes _bytes;
    private ImmutableArray<ElfSymbol> _symbols;
    private ImmutableArray<ElfSymbol> _dynamicSymbols;

    private ElfFile(ElfHeader header, ImageBytes bytes, string name)
    {
        Name = name;
        _bytes = bytes;
        ByteOrder = header.ByteOrder;
        Type = header.Type;
        Machine = header.Machine;
        EntryPoint = header.EntryPoint;
        Sections = header.Sections;
        Segments = header.Segments;
    }

    /// <summary>What the file is called in diagnostics.</summary>
    public string Name { get; }

    /// <summary>The whole file.</summary>
    public ReadOnlyMemory<byte> Image => _bytes.Part(0, checked((int)_bytes.Length));

    /// <summary>The byte order of all numbers in it.</summary>
    public ByteOrder ByteOrder { get; }

    /// <summary>What the file is for.</summary>
    public ElfType Type { get; }

    /// <summary>The machine its code is for.</summary>
    public ElfMachine Machine { get; }

    /// <summary>The address where execution starts.</summary>
    public ulong EntryPoint { get; }

    /// <summary>All sections, by number; the first is the unused one.</summary>
    public ImmutableArray<ElfSection> Sections { get; }

    /// <summary>All program headers; empty in relocatable objects.</summary>
    public ImmutableArray<ElfSegment> Segments { get; }

    /// <summary>The symbols of <c>.symtab</c>, by number; empty when there is none.</summary>
    /// <exception cref="InvalidObjectException">The table contradicts itself.</exception>
    public ImmutableArray<ElfSymbol> Symbols => Cached(ref _symbols, ElfSectionType.SymbolTable);

    /// <summary>The symbols of <c>.dynsym</c>, by number; empty when there is none.</summary>
    /// <exception cref="InvalidObjectException">The table contradicts itself.</exception>
    public ImmutableArray<ElfSymbol> DynamicSymbols => Cached(ref _dynamicSymbols, ElfSectionType.DynamicSymbols);

    /// <summary>Reads the headers of an image.</summary>
    /// <exception cref="InvalidObjectException">The image is not a 64-bit ELF file, or its headers contradict themselves.</exception>
    public static ElfFile Read(ReadOnlyMemory<byte> image, string name = "elf")
    {
        ArgumentNullException.ThrowIfNull(name);
        return Read(new MemoryBytes(image), name);
    }

    /// <summary>Reads the headers of a file that need not be in memory; other parts are read when asked for, each time anew.</summary>
    /// <exception cref="InvalidObjectException">It is not a 64-bit ELF file, or its headers contradict themselves.</exception>
    public static ElfFile Read(ImageBytes bytes, string name = "elf")
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(name);
        return new(ElfHeader.Read(bytes, name), bytes, name);
    }

    /// <summary>Reads the headers of an image; on failure <paramref name="diagnostics"/> says why.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> image, string name, [NotNullWhen(true)] out ElfFile? file, out DiagnosticBag diagnostics)
    {
        diagnostics = new();
        try
        {
            file = Read(image, name);
            return true;
        }
        catch (InvalidObjectException e)
        {
            foreach (var diagnostic in e.Diagnostics) diagnostics.Report(diagnostic);
            file = null;
            return false;
        }
    }

    /// <summary>The first section of that name, or null.</summary>
    public ElfSection? Section(string name)
    {
        foreach (var section in Sections)
        {
            if (section.Name == name) return section;
        }

        return null;
    }

    /// <summary>The bytes of a section; empty for one that takes no room in the file.</summary>
    /// <exception cref="InvalidObjectException">The section is compressed.</exception>
    public ReadOnlyMemory<byte> Contents(ElfSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        if (section.Type is ElfSectionType.NoBits or ElfSectionType.Null) return default;
        if ((section.Flags & ElfSectionFlags.Compressed) != 0)
            Source(null).Throw(ElfDiagnostics.Compressed, $"section '{section.Name}' is compressed", (long)section.Offset,
                "decompress it with objcopy --decompress-debug-sections");

        // Bounds were checked when the header was read.
        if (section.Size > int.MaxValue) Source(section.Name).ThrowTruncated((long)section.Size, int.MaxValue, 0);
        return _bytes.Part((long)section.Offset, (int)section.Size);
    }

    /// <summary>The relocations that change a section, with the symbol table they number, in file order.</summary>
    /// <exception cref="InvalidObjectException">A relocation section contradicts itself.</exception>
    public ImmutableArray<ElfRelocation> RelocationsOf(ElfSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        var relocations = ImmutableArray.CreateBuilder<ElfRelocation>();
        foreach (var candidate in Sections)
        {
            if (candidate.Type is not (ElfSectionType.Relocations or ElfSectionType.RelocationsWithAddends)) continue;
            if (candidate.Info != (uint)section.Index) continue;
            if (ByteOrder is ByteOrder.Little) ElfTables.Relocations<LittleEndian>(this, candidate, section, relocations);
            else ElfTables.Relocations<BigEndian>(this, candidate, section, relocations);
        }

        return relocations.DrainToImmutable();
    }

    internal ImageSource Source(string? section, long start = 0) => new(ElfDiagnostics.Truncated, Name, section, start);

    private ImmutableArray<ElfSymbol> Cached(ref ImmutableArray<ElfSymbol> symbols, ElfSectionType type)
    {
        if (!symbols.IsDefault) return symbols;
        var read = ByteOrder is ByteOrder.Little
            ? ElfTables.Symbols<LittleEndian>(this, type)
            : ElfTables.Symbols<BigEndian>(this, type);
        ImmutableInterlocked.InterlockedInitialize(ref symbols, read);
        return symbols;
    }
}
