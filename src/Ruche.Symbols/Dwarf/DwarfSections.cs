// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.IO.Compression;
using Ruche.Bpf.Objects;
using Ruche.Bpf.Objects.Elf;

namespace Ruche.Symbols.Dwarf;

/// <summary>The sections of a file that hold its debug information, unpacked.</summary>
internal sealed class DwarfSections
{
    private const uint Zlib = 1;
    private const int CompressionHeader = 24;
    private const ulong LongestSection = 512 << 20;

    private DwarfSections(ElfFile file)
    {
        Info = Read(file, ".debug_info");
        Abbreviations = Read(file, ".debug_abbrev");
        Texts = Read(file, ".debug_str");
        TextOffsets = Read(file, ".debug_str_offsets");
        Addresses = Read(file, ".debug_addr");
        Lines = Read(file, ".debug_line");
        LineTexts = Read(file, ".debug_line_str");
    }

    public ReadOnlyMemory<byte> Info { get; }

    public ReadOnlyMemory<byte> Abbreviations { get; }

    public ReadOnlyMemory<byte> Texts { get; }

    public ReadOnlyMemory<byte> TextOffsets { get; }

    public ReadOnlyMemory<byte> Addresses { get; }

    public ReadOnlyMemory<byte> Lines { get; }

    public ReadOnlyMemory<byte> LineTexts { get; }

    /// <summary>The sections of a file; null when it has none of them, or is of the other byte order.</summary>
    /// <exception cref="InvalidDataException">A section is not what it says it is.</exception>
    public static DwarfSections? Of(ElfFile file) =>
        file.ByteOrder is ByteOrder.Little && file.Section(".debug_info") is { Type: not ElfSectionType.NoBits } && file.Section(".debug_abbrev") is not null ? new(file) : null;

    private static ReadOnlyMemory<byte> Read(ElfFile file, string name)
    {
        if (file.Section(name) is not { } section) return default;
        if ((section.Flags & ElfSectionFlags.Compressed) == 0) return file.Contents(section);
        var packed = file.Image.Slice(checked((int)section.Offset), checked((int)section.Size));
        if (packed.Length < CompressionHeader || BinaryPrimitives.ReadUInt32LittleEndian(packed.Span) != Zlib) throw new InvalidDataException($"'{name}' is packed in an unknown way");
        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(packed.Span[8..]);
        if (size > LongestSection) throw new InvalidDataException($"'{name}' is too long");
        byte[] unpacked = new byte[size];
        using ZLibStream stream = new(new MemoryStream(packed[CompressionHeader..].ToArray()), CompressionMode.Decompress);
        stream.ReadExactly(unpacked);
        return unpacked;
    }
}
