// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Ruche.Bpf.Build;

/// <summary>
/// Replaces a resource of an assembly that is compiled already. The resource's row is there, empty: the build has given the compiler a placeholder. All
/// resources move to a section of their own at the file's end, where they have room; nothing else in the assembly changes, so that its symbols still fit.
/// </summary>
internal sealed class AssemblyResource : IDisposable
{
    private const int SectionHeaderSize = 40;
    private const int DebugEntrySize = 28;
    private const uint ReadableData = 0x4000_0040;

    // Offsets in the headers, as "PE Format" has them.
    private const int SectionCount = 2, SizeOfImage = 56, SizeOfHeaders = 60, ResourcesDirectory = 24, VirtualSize = 8, RawSize = 16, RawPointer = 20, Characteristics = 36, DebugRawPointer = 24;

    private static ReadOnlySpan<byte> SectionName => ".bpf\0\0\0\0"u8;

    private readonly PEHeaders _headers;
    private readonly MetadataReader _metadata;
    private readonly PEReader _reader;
    private byte[] _image;

    private AssemblyResource(byte[] image)
    {
        _image = [.. image];
        _reader = new(new MemoryStream(image, writable: false));
        _headers = _reader.PEHeaders;
        _metadata = _reader.GetMetadataReader();
    }

    private int SectionHeaders => _headers.PEHeaderStartOffset + _headers.CoffHeader.SizeOfOptionalHeader;

    /// <summary>Gives a resource of an assembly new contents.</summary>
    /// <exception cref="InvalidOperationException">The assembly has no such resource.</exception>
    public static void Replace(string path, string name, byte[] contents)
    {
        byte[] before = File.ReadAllBytes(path);
        using AssemblyResource assembly = new(before);
        byte[] after = assembly.Replaced(name, contents);
        if (!before.AsSpan().SequenceEqual(after)) File.WriteAllBytes(path, after);
    }

    public void Dispose() => _reader.Dispose();

    private byte[] Replaced(string name, byte[] contents)
    {
        byte[] resources = Gather(name, contents, out var offsets);
        bool isAgain = _headers.SectionHeaders[^1].Name == Encoding.ASCII.GetString(SectionName).TrimEnd('\0');
        if (!isAgain) MakeRoomForHeader();
        int index = _headers.SectionHeaders.Length - (isAgain ? 1 : 0);
        int address = isAgain ? _headers.SectionHeaders[index].VirtualAddress : Aligned(End(_headers.SectionHeaders[^1]), _headers.PEHeader!.SectionAlignment);
        int start = isAgain ? Read(SectionHeaders + (index * SectionHeaderSize) + RawPointer) : Aligned(_image.Length, _headers.PEHeader!.FileAlignment);
        Array.Resize(ref _image, start + Aligned(resources.Length, _headers.PEHeader!.FileAlignment));
        _image.AsSpan(start).Clear();
        resources.CopyTo(_image, start);
        WriteSection(index, address, start, resources.Length);
        WriteDirectory(address, resources.Length);
        WriteOffsets(offsets);
        return _image;
    }

    private byte[] Gather(string name, byte[] contents, out List<int> offsets)
    {
        using MemoryStream all = new();
        offsets = [];
        bool found = false;
        foreach (var handle in _metadata.ManifestResources)
        {
            var resource = _metadata.GetManifestResource(handle);
            offsets.Add((int)resource.Offset);
            if (!resource.Implementation.IsNil) continue;
            bool isIt = _metadata.StringComparer.Equals(resource.Name, name);
            found |= isIt;
            offsets[^1] = (int)all.Length;
            Append(all, isIt ? contents : Contents((int)resource.Offset));
        }

        return found ? all.ToArray() : throw new InvalidOperationException($"the assembly has no resource '{name}'; the project does not import Ruche.Bpf.Build.targets");
    }

    private ReadOnlySpan<byte> Contents(int offset)
    {
        var block = _reader.GetSectionData(_headers.CorHeader!.ResourcesDirectory.RelativeVirtualAddress).GetReader(offset, sizeof(int));
        int length = block.ReadInt32();
        return _reader.GetSectionData(_headers.CorHeader.ResourcesDirectory.RelativeVirtualAddress).GetContent(offset + sizeof(int), length).AsSpan();
    }

    private static void Append(MemoryStream all, ReadOnlySpan<byte> contents)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, contents.Length);
        all.Write(length);
        all.Write(contents);
        while (all.Length % 8 != 0) all.WriteByte(0);
    }

    // Where the headers are full, everything behind them moves by one unit of the file; addresses in memory stay.
    private void MakeRoomForHeader()
    {
        int end = SectionHeaders + ((_headers.SectionHeaders.Length + 1) * SectionHeaderSize), first = _headers.PEHeader!.SizeOfHeaders;
        if (end <= first) return;
        int moved = _headers.PEHeader.FileAlignment;
        byte[] roomy = new byte[_image.Length + moved];
        _image.AsSpan(0, first).CopyTo(roomy);
        _image.AsSpan(first).CopyTo(roomy.AsSpan(first + moved));
        _image = roomy;
        Write(_headers.PEHeaderStartOffset + SizeOfHeaders, first + moved);
        for (int i = 0; i < _headers.SectionHeaders.Length; i++) Move(SectionHeaders + (i * SectionHeaderSize) + RawPointer, moved);
        if (!_headers.TryGetDirectoryOffset(_headers.PEHeader.DebugTableDirectory, out int debug)) return;
        for (int i = 0; i < _headers.PEHeader.DebugTableDirectory.Size / DebugEntrySize; i++) Move(debug + moved + (i * DebugEntrySize) + DebugRawPointer, moved);
    }

    private void WriteSection(int index, int address, int start, int size)
    {
        int header = SectionHeaders + (index * SectionHeaderSize);
        SectionName.CopyTo(_image.AsSpan(header));
        Write(header + VirtualSize, size);
        Write(header + VirtualSize + sizeof(int), address);
        Write(header + RawSize, Aligned(size, _headers.PEHeader!.FileAlignment));
        Write(header + RawPointer, start);
        Write(header + Characteristics, unchecked((int)ReadableData));
        BinaryPrimitives.WriteUInt16LittleEndian(_image.AsSpan(_headers.CoffHeaderStartOffset + SectionCount), (ushort)(index + 1));
        Write(_headers.PEHeaderStartOffset + SizeOfImage, Aligned(address + size, _headers.PEHeader.SectionAlignment));
    }

    private int Shift => Read(SectionHeaders + RawPointer) - _headers.SectionHeaders[0].PointerToRawData;

    private void WriteDirectory(int address, int size)
    {
        int header = _headers.CorHeaderStartOffset + Shift;
        Write(header + ResourcesDirectory, address);
        Write(header + ResourcesDirectory + sizeof(int), size);
    }

    private void WriteOffsets(List<int> offsets)
    {
        int table = _headers.MetadataStartOffset + Shift + _metadata.GetTableMetadataOffset(TableIndex.ManifestResource);
        for (int i = 0; i < offsets.Count; i++) Write(table + (i * _metadata.GetTableRowSize(TableIndex.ManifestResource)), offsets[i]);
    }

    private static int End(SectionHeader section) => section.VirtualAddress + Math.Max(section.VirtualSize, section.SizeOfRawData);

    private static int Aligned(int value, int unit) => (value + unit - 1) / unit * unit;

    private int Read(int at) => BinaryPrimitives.ReadInt32LittleEndian(_image.AsSpan(at));

    private void Write(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(_image.AsSpan(at), value);

    // Zero is no place: the section or the entry has nothing in the file.
    private void Move(int at, int by)
    {
        if (Read(at) != 0) Write(at, Read(at) + by);
    }
}
