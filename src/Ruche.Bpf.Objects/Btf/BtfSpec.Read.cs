// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Images;

namespace Ruche.Bpf.Objects.Btf;

public sealed partial class BtfSpec
{
    /// <summary>
    /// Opens an image of either byte order. The memory is kept, not copied, and must not change. A split image needs the
    /// <paramref name="baseSpec"/> it was made against. Throws <see cref="InvalidObjectException"/> when its outline is wrong.
    /// </summary>
    public static BtfSpec Read(ReadOnlyMemory<byte> image, BtfSpec? baseSpec = null, string name = "BTF")
    {
        ImageSource source = new(BtfDiagnostics.Truncated, name);
        var header = BtfHeader.Read(image.Span, source);
        if (baseSpec is not null && baseSpec.ByteOrder != header.Order)
            source.Throw(BtfDiagnostics.BadBase, $"expected the byte order of the base, {baseSpec.ByteOrder}, found {header.Order}", 0);
        return new(image, header, baseSpec, source);
    }

    /// <summary>As <see cref="Read"/>, but what is wrong is reported to <paramref name="diagnostics"/>.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> image, DiagnosticBag diagnostics, [NotNullWhen(true)] out BtfSpec? spec, BtfSpec? baseSpec = null, string name = "BTF")
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        try
        {
            spec = Read(image, baseSpec, name);
            return true;
        }
        catch (InvalidObjectException invalid)
        {
            foreach (var diagnostic in invalid.Diagnostics) diagnostics.Report(diagnostic);
            spec = null;
            return false;
        }
    }

    private static byte[] Swap(ReadOnlySpan<byte> section)
    {
        byte[] swapped = section.ToArray();
        var words = MemoryMarshal.Cast<byte, int>(swapped.AsSpan());
        BinaryPrimitives.ReverseEndianness(words, words);
        return swapped;
    }

    private void CheckStrings()
    {
        var strings = _strings.Span;
        if (strings.IsEmpty && Base is not null) return;
        if (strings.IsEmpty || strings[^1] != 0)
            _source.Throw(BtfDiagnostics.BadStrings, "expected a string section that ends with a zero byte", 0, "the image is truncated or corrupt");
        if (Base is null && strings[0] != 0)
            _source.Throw(BtfDiagnostics.BadStrings, "expected a string section that starts with the empty string", 0, "split BTF needs its base");
    }

    /// <summary>One pass over the type section: where each type starts. All of a type's bytes are inside, and its name's start is a string's.</summary>
    private int[] FindTypes(BtfKindLayout layout, out int count, out ReadOnlyMemory<int> named)
    {
        var types = _types.Span;
        UncheckedWords words = new(types);
        uint names = (uint)StringLength;
        int[] offsets = GC.AllocateUninitializedArray<int>(types.Length / 20 + 4);
        int[] namedTypes = new int[offsets.Length / 8 + 4];
        int namedCount = 0;
        int at = 0;
        for (count = 0; at < types.Length; count++)
        {
            if (types.Length - at < BtfKindLayout.CommonSize) ThrowTruncatedType(FirstId + count, at);
            uint info = words.At(at + 4);
            long size = layout.SizeOf(info);
            if (size < 0) ThrowUnknownKind(FirstId + count, info, at);
            if (size > types.Length - at) ThrowTruncatedType(FirstId + count, at);
            uint name = words.At(at);
            if (name >= names && name != 0) ThrowBadName(FirstId + count, name, at);
            if (count == offsets.Length) Array.Resize(ref offsets, count * 2);
            offsets[count] = at;
            if (name != 0 && BtfInfo.Kind(info) != (int)BtfKind.Function)
            {
                if (namedCount == namedTypes.Length) Array.Resize(ref namedTypes, namedCount * 2);
                namedTypes[namedCount++] = count;
            }
            at += (int)size;
        }
        named = namedTypes.AsMemory(0, namedCount);
        return offsets;
    }

    [DoesNotReturn]
    private void ThrowTruncatedType(int id, int at) =>
        _source.Throw(BtfDiagnostics.Truncated, $"type {id} reaches past the end of the type section", at, "the image is truncated or corrupt");

    [DoesNotReturn]
    private void ThrowUnknownKind(int id, uint info, int at) => _source.Throw(
        BtfDiagnostics.UnknownKind, $"type {id} has the unknown kind {BtfInfo.Kind(info)}, expected 1 to {(int)BtfKind.Enum64}", at,
        "the image is corrupt, or newer than this reader and without a table of kinds");

    [DoesNotReturn]
    private void ThrowBadName(int id, uint name, int at) => _source.Throw(
        BtfDiagnostics.BadStringOffset, $"the name of type {id} is at {name}, expected less than {StringLength}", at,
        Base is null ? "split BTF needs its base" : "the image does not belong to this base");
}
