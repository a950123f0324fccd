// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Images;

namespace Ruche.Bpf.Objects.Elf;

/// <summary>Everything the headers of a file say, checked: afterwards section and segment ranges lie within the image.</summary>
internal sealed record ElfHeader(
    ByteOrder ByteOrder,
    ElfType Type,
    ElfMachine Machine,
    ulong EntryPoint,
    ImmutableArray<ElfSection> Sections,
    ImmutableArray<ElfSegment> Segments)
{
    public const int HeaderSize = 64;
    public const int SectionHeaderSize = 64;
    public const int SegmentHeaderSize = 56;
    public const int ReservedSections = 0xff00;
    public const ushort ExtendedIndex = 0xffff;

    public static ReadOnlySpan<byte> Magic => [0x7f, (byte)'E', (byte)'L', (byte)'F'];

    public static ElfHeader Read(ImageBytes image, string name)
    {
        var source = new ImageSource(ElfDiagnostics.Truncated, name);
        var head = image.Part(0, (int)Math.Min(HeaderSize, image.Length)).Span;
        if (!head.StartsWith(Magic))
            source.Throw(ElfDiagnostics.NotElf, $"'{name}' is not an ELF file", 0, "expected an object compiled by clang -target bpf");
        if (head.Length < HeaderSize) source.ThrowTruncated(HeaderSize, head.Length, 0);
        if (head[4] != 2)
            source.Throw(ElfDiagnostics.Unsupported, $"'{name}' is not 64-bit: expected class 2, found {head[4]}", 4);
        return head[5] switch
        {
            1 => Read<LittleEndian>(image, head, source),
            2 => Read<BigEndian>(image, head, source),
            byte other => throw new Diagnostics.InvalidObjectException(source.Error(
                ElfDiagnostics.Unsupported, $"'{name}' has an unknown byte order: expected 1 or 2, found {other}", 5)),
        };
    }

    private static ElfHeader Read<TOrder>(ImageBytes image, ReadOnlySpan<byte> head, ImageSource source)
        where TOrder : struct, IByteOrder
    {
        var reader = new ImageReader<TOrder>(head, source);
        reader.Skip(16);
        var type = (ElfType)reader.U16();
        var machine = (ElfMachine)reader.U16();
        reader.Skip(4);
        ulong entry = reader.U64();
        ulong segmentTable = reader.U64();
        ulong sectionTable = reader.U64();
        reader.Skip(6);
        ushort segmentSize = reader.U16();
        uint segmentCount = reader.U16();
        ushort sectionSize = reader.U16();
        uint sectionCount = reader.U16();
        uint names = reader.U16();
        if (sectionTable != 0) Extend<TOrder>(image, source, sectionTable, sectionSize, ref sectionCount, ref names, ref segmentCount);
        else sectionCount = 0;
        return new(
            TOrder.Order,
            type,
            machine,
            entry,
            ReadSections<TOrder>(image, source, sectionTable, sectionCount, names),
            ReadSegments<TOrder>(image, source, segmentTable, segmentSize, segmentTable == 0 ? 0 : segmentCount));
    }

    // Counts that do not fit the header's 16 bits live in the first section header.
    private static void Extend<TOrder>(
        ImageBytes image, ImageSource source, ulong table, ushort size, ref uint count, ref uint names, ref uint segments)
        where TOrder : struct, IByteOrder
    {
        if (size != SectionHeaderSize)
            source.Throw(ElfDiagnostics.BadSection, $"section headers have {size} bytes, expected {SectionHeaderSize}", 58);
        if (count != 0 && names != ExtendedIndex && segments != ExtendedIndex) return;
        var first = image.Slice(table, SectionHeaderSize, source);
        if (count == 0) count = (uint)Math.Min(TOrder.U64(first[32..]), uint.MaxValue);
        if (names == ExtendedIndex) names = TOrder.U32(first[40..]);
        if (segments == ExtendedIndex) segments = TOrder.U32(first[44..]);
    }

    private static ImmutableArray<ElfSection> ReadSections<TOrder>(
        ImageBytes image, ImageSource source, ulong table, uint count, uint names)
        where TOrder : struct, IByteOrder
    {
        if (count == 0) return [];
        var headers = image.Slice(table, (ulong)count * SectionHeaderSize, source);
        var strings = NameTable<TOrder>(image, source, headers, names);
        var sections = ImmutableArray.CreateBuilder<ElfSection>((int)count);
        for (int i = 0; i < (int)count; i++)
        {
            var reader = new ImageReader<TOrder>(
                headers.Slice(i * SectionHeaderSize, SectionHeaderSize), source with { Start = (long)table + i * SectionHeaderSize });
            sections.Add(ReadSection(ref reader, image, strings, i));
        }

        return sections.MoveToImmutable();
    }

    private static ElfSection ReadSection<TOrder>(
        ref ImageReader<TOrder> reader, ImageBytes image, ReadOnlySpan<byte> strings, int index)
        where TOrder : struct, IByteOrder
    {
        uint name = reader.U32();
        var section = new ElfSection
        {
            Index = index,
            Name = strings.IsEmpty ? "" : ElfTables.Text(strings, name, reader.Source),
            Type = (ElfSectionType)reader.U32(),
            Flags = (ElfSectionFlags)reader.U64(),
            Address = reader.U64(),
            Offset = reader.U64(),
            Size = reader.U64(),
            Link = reader.U32(),
            Info = reader.U32(),
            Alignment = reader.U64(),
            EntrySize = reader.U64(),
        };
        if (section.Type is ElfSectionType.NoBits or ElfSectionType.Null) return section;
        if (section.Offset > (ulong)image.Length || section.Size > (ulong)image.Length - section.Offset)
            reader.Source.Throw(ElfDiagnostics.Truncated,
                $"section {index} '{section.Name}' has {section.Size} bytes at 0x{section.Offset:x}, but the file has {image.Length}", 24,
                "the file is truncated or corrupt");
        return section;
    }

    private static ReadOnlySpan<byte> NameTable<TOrder>(
        ImageBytes image, ImageSource source, ReadOnlySpan<byte> headers, uint index)
        where TOrder : struct, IByteOrder
    {
        if (index == 0) return default;
        if (index >= headers.Length / SectionHeaderSize)
            source.Throw(ElfDiagnostics.BadSection,
                $"section names are in section {index}, but there are only {headers.Length / SectionHeaderSize}", 62);
        var header = headers.Slice((int)index * SectionHeaderSize, SectionHeaderSize);
        if ((ElfSectionType)TOrder.U32(header[4..]) is ElfSectionType.NoBits) return default;
        return image.Slice(TOrder.U64(header[24..]), TOrder.U64(header[32..]), source);
    }

    private static ImmutableArray<ElfSegment> ReadSegments<TOrder>(
        ImageBytes image, ImageSource source, ulong table, ushort size, uint count)
        where TOrder : struct, IByteOrder
    {
        if (count == 0) return [];
        if (size != SegmentHeaderSize)
            source.Throw(ElfDiagnostics.BadSegment, $"program headers have {size} bytes, expected {SegmentHeaderSize}", 54);
        var headers = image.Slice(table, (ulong)count * SegmentHeaderSize, source);
        var reader = new ImageReader<TOrder>(headers, source with { Start = (long)table });
        var segments = ImmutableArray.CreateBuilder<ElfSegment>((int)count);
        for (int i = 0; i < (int)count; i++)
        {
            var type = (ElfSegmentType)reader.U32();
            uint flags = reader.U32();
            ulong offset = reader.U64();
            ulong address = reader.U64();
            reader.Skip(8);
            var segment = new ElfSegment(type, flags, offset, address, FileSize: reader.U64(), MemorySize: reader.U64());
            reader.Skip(8);
            CheckSegment(segment, i, image.Length, reader.Source);
            segments.Add(segment);
        }

        return segments.MoveToImmutable();
    }

    private static void CheckSegment(ElfSegment segment, int index, long length, ImageSource source)
    {
        if (segment.Offset <= (ulong)length && segment.FileSize <= (ulong)length - segment.Offset) return;

        // Debug files keep the headers of segments whose bytes were stripped; only what can be read is refused.
        if (segment.Type is not ElfSegmentType.Note) return;
        source.Throw(ElfDiagnostics.BadSegment,
            $"segment {index} has {segment.FileSize} bytes at 0x{segment.Offset:x}, but the file has {length}", index * SegmentHeaderSize);
    }
}
