// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Images;

namespace Ruche.Bpf.Objects.Elf;

/// <summary>
/// Puts a relocatable object together: sections, symbols and relocations, in either byte order. The same calls give the same bytes.
/// Not thread-safe.
/// </summary>
public sealed class ElfWriter(ByteOrder order = ByteOrder.Little, ElfMachine machine = ElfMachine.Bpf)
{
    private readonly List<Entry> _sections = [];
    private readonly List<ElfSymbol> _symbols = [];
    private readonly List<(int Section, ElfRelocation Relocation)> _relocations = [];

    /// <summary>Adds a section and returns its number.</summary>
    public int AddSection(
        string name, ElfSectionType type, ElfSectionFlags flags, ReadOnlyMemory<byte> contents, int alignment = 1)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alignment);
        _sections.Add(new(name, type, flags, contents, contents.Length, alignment));
        return _sections.Count;
    }

    /// <summary>Adds a section of zeros, which takes no room in the file, and returns its number.</summary>
    public int AddZeros(string name, ElfSectionFlags flags, int size, int alignment = 1)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(alignment);
        _sections.Add(new(name, ElfSectionType.NoBits, flags, default, size, alignment));
        return _sections.Count;
    }

    /// <summary>Adds a symbol and returns the handle that relocations name it by.</summary>
    public int AddSymbol(ElfSymbol symbol)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(symbol.Section, _sections.Count, nameof(symbol));
        _symbols.Add(symbol);
        return _symbols.Count - 1;
    }

    /// <summary>Adds a relocation of a section; its addend is what the section holds in place.</summary>
    public void AddRelocation(int section, ulong offset, BpfRelocationType type, int symbol)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(section, _sections.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(symbol, _symbols.Count);
        _relocations.Add((section, new(offset, (uint)type, symbol, null)));
    }

    /// <summary>The finished object.</summary>
    public byte[] Write()
    {
        // Local symbols must come first; the table starts with an unused one.
        List<int> byBinding = new(_symbols.Count), others = [];
        for (int i = 0; i < _symbols.Count; i++) (_symbols[i].IsLocal ? byBinding : others).Add(i);
        byBinding.AddRange(others);
        int[] numbers = new int[_symbols.Count];
        for (int i = 0; i < byBinding.Count; i++) numbers[byBinding[i]] = i + 1;

        StringTable names = new(order);
        List<Entry> sections = [.. _sections];
        int table = _sections.Count + _relocations.Select(r => r.Section).Distinct().Count() + 1;
        foreach (var group in _relocations.GroupBy(r => r.Section).OrderBy(g => g.Key))
            sections.Add(RelocationSection(group.Key, group.Select(g => g.Relocation), numbers, table));
        int locals = 1 + _symbols.Count(s => s.IsLocal);
        sections.Add(new(".symtab", ElfSectionType.SymbolTable, ElfSectionFlags.None, SymbolTable(byBinding, names), -1, 8)
        {
            Link = table + 1,
            Info = locals,
            EntrySize = ElfTables.SymbolSize,
        });
        uint[] sectionNames = [.. sections.Select(s => names.Add(s.Name)), names.Add(".strtab")];
        sections.Add(new(".strtab", ElfSectionType.StringTable, ElfSectionFlags.None, names.ToArray(), -1, 1));
        return Image(sections, sectionNames);
    }

    private Entry RelocationSection(int section, IEnumerable<ElfRelocation> relocations, int[] numbers, int table)
    {
        ImageWriter writer = new(order);
        foreach (var relocation in relocations.OrderBy(r => r.Offset))
        {
            writer.U64(relocation.Offset);
            writer.U64(((ulong)numbers[relocation.Symbol] << 32) | relocation.Type);
        }

        return new($".rel{_sections[section - 1].Name}", ElfSectionType.Relocations, ElfSectionFlags.InfoLink, writer.ToArray(), -1, 8)
        {
            Link = table,
            Info = section,
            EntrySize = ElfTables.RelocationSize,
        };
    }

    private byte[] SymbolTable(List<int> byBinding, StringTable names)
    {
        ImageWriter writer = new(order);
        writer.Bytes(new byte[ElfTables.SymbolSize]);
        foreach (int index in byBinding)
        {
            var symbol = _symbols[index];
            writer.U32(names.Add(symbol.Name));
            writer.U8((byte)(((int)symbol.Binding << 4) | (int)symbol.Type));
            writer.U8((byte)symbol.Visibility);
            writer.U16(symbol.Section switch
            {
                ElfSymbol.Absolute => 0xfff1,
                ElfSymbol.Common => 0xfff2,
                int section => checked((ushort)section),
            });
            writer.U64(symbol.Value);
            writer.U64(symbol.Size);
        }

        return writer.ToArray();
    }

    private byte[] Image(List<Entry> sections, uint[] names)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sections.Count, ElfHeader.ReservedSections, nameof(sections));
        ImageWriter writer = new(order, sections.Sum(s => s.Contents.Length + 80) + 128);
        writer.Bytes(new byte[ElfHeader.HeaderSize]);
        long[] offsets = new long[sections.Count];
        for (int i = 0; i < sections.Count; i++)
        {
            writer.Align(sections[i].Alignment);
            offsets[i] = writer.Length;
            writer.Bytes(sections[i].Contents.Span);
        }

        writer.Align(8);
        int table = writer.Length;
        writer.Bytes(new byte[ElfHeader.SectionHeaderSize]);
        for (int i = 0; i < sections.Count; i++) WriteHeader(writer, sections[i], names[i], offsets[i]);
        byte[] image = writer.ToArray();
        Header(table, sections.Count + 1).CopyTo(image, 0);
        return image;
    }

    private static void WriteHeader(ImageWriter writer, Entry section, uint name, long offset)
    {
        writer.U32(name);
        writer.U32((uint)section.Type);
        writer.U64((ulong)section.Flags);
        writer.U64(0);
        writer.U64((ulong)offset);
        writer.U64((ulong)(section.Size < 0 ? section.Contents.Length : section.Size));
        writer.U32((uint)section.Link);
        writer.U32((uint)section.Info);
        writer.U64((ulong)section.Alignment);
        writer.U64((ulong)section.EntrySize);
    }

    private byte[] Header(int table, int sections)
    {
        ImageWriter writer = new(order);
        writer.Bytes(ElfHeader.Magic);
        writer.U8(2);
        writer.U8(order is ByteOrder.Little ? (byte)1 : (byte)2);
        writer.U8(1);
        writer.Bytes(new byte[9]);
        writer.U16((ushort)ElfType.Relocatable);
        writer.U16((ushort)machine);
        writer.U32(1);
        writer.U64(0);
        writer.U64(0);
        writer.U64((ulong)table);
        writer.U32(0);
        writer.U16(ElfHeader.HeaderSize);
        writer.U16(0);
        writer.U16(0);
        writer.U16(ElfHeader.SectionHeaderSize);
        writer.U16((ushort)sections);
        writer.U16((ushort)(sections - 1));
        return writer.ToArray();
    }

    private sealed record Entry(
        string Name, ElfSectionType Type, ElfSectionFlags Flags, ReadOnlyMemory<byte> Contents, int Size, int Alignment)
    {
        public int Link { get; init; }

        public int Info { get; init; }

        public int EntrySize { get; init; }
    }

    private sealed class StringTable
    {
        private readonly ImageWriter _bytes;
        private readonly Dictionary<string, uint> _offsets = new(StringComparer.Ordinal) { [""] = 0 };

        public StringTable(ByteOrder order)
        {
            _bytes = new(order);
            _bytes.U8(0);
        }

        public uint Add(string text)
        {
            if (_offsets.TryGetValue(text, out uint offset)) return offset;
            offset = (uint)_bytes.Length;
            _bytes.Bytes(System.Text.Encoding.UTF8.GetBytes(text));
            _bytes.U8(0);
            _offsets.Add(text, offset);
            return offset;
        }

        public byte[] ToArray() => _bytes.ToArray();
    }
}
