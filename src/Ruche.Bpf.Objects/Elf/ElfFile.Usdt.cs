// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Images;

namespace Ruche.Bpf.Objects.Elf;

public sealed partial class ElfFile
{
    private const string UsdtNotes = ".note.stapsdt";
    private const string UsdtBase = ".stapsdt.base";
    private const uint UsdtNote = 3;

    /// <summary>The static trace points the file carries, in file order; empty when it has none.</summary>
    /// <exception cref="InvalidObjectException">A note contradicts itself.</exception>
    public IReadOnlyList<UsdtProbe> UsdtProbes()
    {
        if (Section(UsdtNotes) is not { Type: ElfSectionType.Note } section) return [];
        List<ElfNote> notes = [];
        Collect(Contents(section), section.Alignment, UsdtNotes, notes);
        List<UsdtProbe> probes = new(notes.Count);
        foreach (var note in notes)
        {
            if (note is not { Owner: "stapsdt", Type: UsdtNote }) continue;
            probes.Add(ByteOrder is ByteOrder.Little ? Usdt<LittleEndian>(note.Contents.Span) : Usdt<BigEndian>(note.Contents.Span));
        }

        return probes;
    }

    /// <summary>Three addresses and three texts. A tool that moves the file's addresses moves the base's section, but not what notes say.</summary>
    private UsdtProbe Usdt<TOrder>(ReadOnlySpan<byte> note)
        where TOrder : struct, IByteOrder
    {
        ImageReader<TOrder> reader = new(note, Source(UsdtNotes));
        ulong address = reader.U64(), linkedBase = reader.U64(), semaphore = reader.U64();
        ulong moved = Section(UsdtBase) is { } place && linkedBase != 0 ? place.Address - linkedBase : 0;
        return new(
            UsdtText(ref reader), UsdtText(ref reader), Arguments: UsdtText(ref reader),
            Address: address + moved, Semaphore: semaphore == 0 ? 0 : semaphore + moved);
    }

    private static string UsdtText<TOrder>(ref ImageReader<TOrder> reader)
        where TOrder : struct, IByteOrder
    {
        var rest = reader.Slice((ulong)reader.Position, (ulong)reader.Remaining);
        int end = rest.IndexOf((byte)0);
        if (end < 0) reader.Source.Throw(ElfDiagnostics.BadString, "a text of a trace point's note does not end within it", reader.Position);
        reader.Skip(end + 1);
        return Encoding.UTF8.GetString(rest[..end]);
    }
}
