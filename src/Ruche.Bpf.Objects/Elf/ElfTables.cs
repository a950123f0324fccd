// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Ruche.Bpf.Objects.Images;

namespace Ruche.Bpf.Objects.Elf;

/// <summary>Reads the tables inside sections: symbols, relocations, notes, strings.</summary>
internal static class ElfTables
{
    public const int SymbolSize = 24;
    public const int RelocationSize = 16;
    public const int RelocationWithAddendSize = 24;

    public static string Text(ReadOnlySpan<byte> table, uint offset, ImageSource source) =>
        Encoding.UTF8.GetString(Bytes(table, offset, source));

    public static ImmutableArray<ElfSymbol> Symbols<TOrder>(ElfFile file, ElfSectionType type)
        where TOrder : struct, IByteOrder
    {
        if (Table(file, type) is not { } section) return [];
        var table = Entries(file, section);
        var strings = Strings(file, section);
        var extended = ExtendedIndices(file, section);
        var symbols = ImmutableArray.CreateBuilder<ElfSymbol>(table.Length / SymbolSize);
        for (int i = 0; i < table.Length / SymbolSize; i++)
            symbols.Add(Symbol<TOrder>(file, section, table.Slice(i * SymbolSize, SymbolSize), strings, extended, i));
        return symbols.MoveToImmutable();
    }

    public static ElfSymbolRows? Rows(ElfFile file, ElfSectionType type)
    {
        if (Table(file, type) is not { } section) return null;
        return new(EntryBytes(file, section), StringBytes(file, section), file.ByteOrder);
    }

    public static bool Find<TOrder>(ElfFile file, ReadOnlySpan<byte> name, [NotNullWhen(true)] out ElfSymbol? symbol)
        where TOrder : struct, IByteOrder
    {
        foreach (var type in (ReadOnlySpan<ElfSectionType>)[ElfSectionType.SymbolTable, ElfSectionType.DynamicSymbols])
        {
            if (Table(file, type) is not { } section) continue;
            var table = Entries(file, section);
            var strings = Strings(file, section);
            for (int i = 0; i < table.Length / SymbolSize; i++)
            {
                var entry = table.Slice(i * SymbolSize, SymbolSize);
                if (TOrder.U16(entry[6..]) == 0 || !IsNamed(strings, TOrder.U32(entry), name)) continue;
                symbol = Symbol<TOrder>(file, section, entry, strings, ExtendedIndices(file, section), i);
                return true;
            }
        }

        symbol = null;
        return false;
    }

    public static void Relocations<TOrder>(
        ElfFile file, ElfSection table, ElfSection target, ImmutableArray<ElfRelocation>.Builder relocations)
        where TOrder : struct, IByteOrder
    {
        bool withAddends = table.Type is ElfSectionType.RelocationsWithAddends;
        int size = withAddends ? RelocationWithAddendSize : RelocationSize;
        var source = file.Source(table.Name);
        var reader = new ImageReader<TOrder>(file.Contents(table).Span, source);
        if (reader.Remaining % size != 0)
            source.Throw(ElfDiagnostics.BadRelocation,
                $"relocations of '{target.Name}' have {reader.Remaining} bytes, expected a multiple of {size}", 0);
        while (reader.Remaining > 0)
        {
            ulong offset = reader.U64();
            ulong info = reader.U64();
            long? addend = withAddends ? reader.I64() : null;
            if (offset >= target.Size)
                source.Throw(ElfDiagnostics.BadRelocation,
                    $"relocation at 0x{offset:x} lies outside '{target.Name}' of {target.Size} bytes", reader.Position - size);
            if (info >> 32 > int.MaxValue)
                source.Throw(ElfDiagnostics.BadRelocation, $"relocation names symbol {info >> 32}", reader.Position - size);
            relocations.Add(new(offset, (uint)info, (int)(info >> 32), addend));
        }
    }

    public static void Notes<TOrder>(ReadOnlyMemory<byte> contents, ulong alignment, ImageSource source, List<ElfNote> notes)
        where TOrder : struct, IByteOrder
    {
        int unit = alignment == 8 ? 8 : 4;
        var reader = new ImageReader<TOrder>(contents.Span, source);
        while (reader.Remaining >= 12)
        {
            uint nameSize = reader.U32();
            uint size = reader.U32();
            uint type = reader.U32();
            if (nameSize > reader.Remaining) source.ThrowTruncated(nameSize, reader.Remaining, reader.Position);
            var owner = reader.Take((int)nameSize).TrimEnd((byte)0);
            Pad(ref reader, unit);
            if (size > reader.Remaining) source.ThrowTruncated(size, reader.Remaining, reader.Position);
            notes.Add(new(Encoding.UTF8.GetString(owner), type, contents.Slice(reader.Position, (int)size)));
            reader.Skip((int)size);
            Pad(ref reader, unit);
        }
    }

    private static void Pad<TOrder>(ref ImageReader<TOrder> reader, int unit)
        where TOrder : struct, IByteOrder =>
        reader.Skip(Math.Min((unit - reader.Position % unit) % unit, reader.Remaining));

    private static ElfSymbol Symbol<TOrder>(
        ElfFile file, ElfSection table, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> strings, ReadOnlySpan<byte> extended, int index)
        where TOrder : struct, IByteOrder
    {
        var source = file.Source(table.Name, (long)index * SymbolSize);
        int section = TOrder.U16(entry[6..]) switch
        {
            0xfff1 => ElfSymbol.Absolute,
            0xfff2 => ElfSymbol.Common,
            ElfHeader.ExtendedIndex => Extended<TOrder>(extended, index, source),
            ushort number => number,
        };
        if (section >= file.Sections.Length)
            source.Throw(ElfDiagnostics.BadSymbol,
                $"symbol {index} is in section {section}, but there are only {file.Sections.Length}", 6);
        return new(
            Text(strings, TOrder.U32(entry), source),
            Value: TOrder.U64(entry[8..]),
            Size: TOrder.U64(entry[16..]),
            (ElfSymbolType)(entry[4] & 0xf),
            (ElfSymbolBinding)(entry[4] >> 4),
            (ElfSymbolVisibility)(entry[5] & 3),
            section);
    }

    private static int Extended<TOrder>(ReadOnlySpan<byte> extended, int index, ImageSource source)
        where TOrder : struct, IByteOrder
    {
        if (index >= extended.Length / sizeof(uint))
            source.Throw(ElfDiagnostics.BadSymbol, $"symbol {index} has no extended section number", 6);
        return (int)Math.Min(TOrder.U32(extended[(index * sizeof(uint))..]), int.MaxValue);
    }

    private static ElfSection? Table(ElfFile file, ElfSectionType type)
    {
        foreach (var section in file.Sections)
        {
            if (section.Type == type) return section;
        }

        return null;
    }

    private static ReadOnlySpan<byte> Entries(ElfFile file, ElfSection section) => EntryBytes(file, section).Span;

    private static ReadOnlyMemory<byte> EntryBytes(ElfFile file, ElfSection section)
    {
        var table = file.Contents(section);
        if (section.EntrySize is not (0 or SymbolSize) || table.Length % SymbolSize != 0)
            file.Source(section.Name).Throw(ElfDiagnostics.BadSymbol,
                $"'{section.Name}' has {table.Length} bytes in entries of {section.EntrySize}, expected entries of {SymbolSize}", 0);
        return table;
    }

    private static ReadOnlySpan<byte> Strings(ElfFile file, ElfSection section) => StringBytes(file, section).Span;

    private static ReadOnlyMemory<byte> StringBytes(ElfFile file, ElfSection section)
    {
        if (file.Section((int)Math.Min(section.Link, int.MaxValue)) is { Type: ElfSectionType.StringTable } strings)
            return file.Contents(strings);
        file.Source(section.Name).Throw(ElfDiagnostics.BadSymbol,
            $"'{section.Name}' takes its names from section {section.Link}, which is no string table", 0);
        return default;
    }

    private static ReadOnlySpan<byte> ExtendedIndices(ElfFile file, ElfSection symbols)
    {
        foreach (var section in file.Sections)
        {
            if (section.Type is ElfSectionType.SymbolSectionIndices && section.Link == (uint)symbols.Index)
                return file.Contents(section).Span;
        }

        return default;
    }

    private static bool IsNamed(ReadOnlySpan<byte> strings, uint offset, ReadOnlySpan<byte> name)
    {
        if (offset >= strings.Length) return false;
        var rest = strings[(int)offset..];
        if (!rest.StartsWith(name)) return false;
        rest = rest[name.Length..];
        return rest.IsEmpty || rest[0] is 0 or (byte)'@';
    }

    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> table, uint offset, ImageSource source)
    {
        if (offset == 0) return default;
        if (offset >= table.Length)
            source.Throw(ElfDiagnostics.BadString, $"name at 0x{offset:x} lies outside its string table of {table.Length} bytes", 0);
        var rest = table[(int)offset..];
        int end = rest.IndexOf((byte)0);
        if (end < 0) source.Throw(ElfDiagnostics.BadString, $"name at 0x{offset:x} does not end within its string table", 0);
        return rest[..end];
    }
}
