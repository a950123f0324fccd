// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Images;

namespace Ruche.Bpf.Objects.Btf;

public sealed partial class BtfExt
{
    /// <summary>
    /// Reads an image of either byte order, with the strings of the BTF it belongs to. Throws <see cref="InvalidObjectException"/>.
    /// </summary>
    public static BtfExt Read(ReadOnlyMemory<byte> image, BtfSpec btf, string name = "BTF.ext")
    {
        ArgumentNullException.ThrowIfNull(btf);
        ImageSource source = new(BtfDiagnostics.ExtTruncated, name);
        if (image.Length < sizeof(ushort)) source.ThrowTruncated(sizeof(ushort), image.Length, 0);
        return LittleEndian.U16(image.Span) == BtfHeader.Magic ? new BtfExtReader<LittleEndian>(image, btf, source).Read()
            : BigEndian.U16(image.Span) == BtfHeader.Magic ? new BtfExtReader<BigEndian>(image, btf, source).Read()
            : throw new InvalidObjectException(source.Error(
                BtfDiagnostics.ExtBadHeader, $"expected the magic 0x{BtfHeader.Magic:x4}, found 0x{LittleEndian.U16(image.Span):x4}", 0));
    }

    /// <summary>As <see cref="Read"/>, but what is wrong is reported to <paramref name="diagnostics"/>.</summary>
    public static bool TryRead(
        ReadOnlyMemory<byte> image, BtfSpec btf, DiagnosticBag diagnostics, [NotNullWhen(true)] out BtfExt? ext, string name = "BTF.ext")
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        try
        {
            ext = Read(image, btf, name);
            return true;
        }
        catch (InvalidObjectException invalid)
        {
            foreach (var diagnostic in invalid.Diagnostics) diagnostics.Report(diagnostic);
            ext = null;
            return false;
        }
    }
}
