// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Objects.Specs.Reading;

/// <summary>
/// Completes the BTF image of an object in place. Compilers leave the sizes and offsets of data sections to the linker, and do not
/// know which functions are hidden. Every change keeps the length of every type.
/// </summary>
internal sealed class BtfPatch
{
    private const int VariableSize = 12;

    private readonly byte[] _image;
    private readonly bool _little;
    private readonly int _types;
    private readonly int _end;

    private BtfPatch(byte[] image, BtfHeader header)
    {
        _image = image;
        _little = header.Order is ByteOrder.Little;
        (_types, int length) = header.Types.GetOffsetAndLength(image.Length);
        _end = _types + length;
    }

    /// <summary>The image, changed.</summary>
    public ReadOnlyMemory<byte> Image => _image;

    /// <summary>Copies an image that has been read without errors.</summary>
    public static BtfPatch Of(BtfSpec btf)
    {
        byte[] image = btf.Image.ToArray();
        return new(image, BtfHeader.Read(image, new(BtfDiagnostics.Truncated, "BTF")));
    }

    /// <summary>Gives data sections their sizes, and their variables the offsets that <paramref name="offsetOf"/> knows.</summary>
    public void PlaceSections(Func<string, int?> sizeOf, Func<string, BtfSectionVariable, int?> offsetOf, BtfSpec btf)
    {
        foreach (var (id, at, info) in Types())
        {
            if (BtfInfo.Kind(info) != (int)BtfKind.DataSection) continue;
            string name = btf.NameOf(id);
            if (sizeOf(name) is not { } size) continue;
            if (Get(at + 8) == 0) Set(at + 8, (uint)size);
            var section = (BtfType.DataSection)btf[id];
            List<BtfSectionVariable> placed = [.. section.Variables.Select(v => v with { Offset = offsetOf(name, v) ?? v.Offset })];
            CollectionsMarshal.AsSpan(placed).Sort((a, b) => a.Offset.CompareTo(b.Offset));
            for (int i = 0; i < placed.Count; i++) SetVariable(at + 12 + i * VariableSize, placed[i]);
        }
    }

    /// <summary>Gives functions another linkage.</summary>
    public void SetLinkage(IReadOnlySet<string> functions, BtfLinkage linkage, BtfSpec btf)
    {
        foreach (var (id, at, info) in Types())
        {
            if (BtfInfo.Kind(info) == (int)BtfKind.Function && functions.Contains(btf.NameOf(id)))
                Set(at + 4, (info & ~0xffffu) | (uint)linkage);
        }
    }

    private void SetVariable(int at, BtfSectionVariable variable)
    {
        Set(at, (uint)variable.Type);
        Set(at + 4, (uint)variable.Offset);
        Set(at + 8, (uint)variable.Size);
    }

    private IEnumerable<(int Id, int At, uint Info)> Types()
    {
        for (int at = _types, id = 1; at < _end; id++)
        {
            uint info = Get(at + 4);
            yield return (id, at, info);
            long size = BtfKindLayout.Known.SizeOf(info);
            if (size < 0) yield break;
            at += (int)size;
        }
    }

    private uint Get(int at) => _little
        ? BinaryPrimitives.ReadUInt32LittleEndian(_image.AsSpan(at))
        : BinaryPrimitives.ReadUInt32BigEndian(_image.AsSpan(at));

    private void Set(int at, uint value)
    {
        if (_little) BinaryPrimitives.WriteUInt32LittleEndian(_image.AsSpan(at), value);
        else BinaryPrimitives.WriteUInt32BigEndian(_image.AsSpan(at), value);
    }
}
