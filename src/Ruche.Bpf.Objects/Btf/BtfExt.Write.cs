// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Images;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Btf;

public sealed partial class BtfExt
{
    private const int HeaderSize = 32;

    /// <summary>The same records with other type ids and string offsets, for when their BTF has been merged into another.</summary>
    public BtfExt Remap(Func<int, int> ids, Func<int, int> strings) => new()
    {
        AllFunctions = Each(AllFunctions, f => f with { Type = ids(f.Type) }),
        AllLines = Each(AllLines, l => l with { File = strings(l.File), Text = strings(l.Text) }),
        AllCoreRelocations = Each(AllCoreRelocations, r => r with { Type = ids(r.Type) }),
    };

    /// <summary>The image; section names and access paths are added to the strings of the BTF it goes with.</summary>
    public byte[] Write(BtfBuilder strings, ByteOrder order = ByteOrder.Little)
    {
        ArgumentNullException.ThrowIfNull(strings);
        ImageWriter writer = new(order);
        writer.U16(BtfHeader.Magic);
        writer.U8(1);
        writer.U8(0);
        writer.U32(HeaderSize);
        for (int word = 0; word < 6; word++) writer.U32(0);
        WriteStream(writer, 8, AllFunctions, 8, strings, f => Record(writer, f.Slot, f.Type));
        WriteStream(writer, 16, AllLines, 16, strings, l => Record(writer, l.Slot, l.File, l.Text, (int)l.LineColumn));
        WriteStream(writer, 24, AllCoreRelocations, 16, strings, r => Record(writer, r.Slot, r.Type, strings.AddString(r.Access), (int)r.Kind));
        return writer.ToArray();
    }

    private static void WriteStream<TRecord>(
        ImageWriter writer, int header, IReadOnlyDictionary<string, ImmutableArray<TRecord>> sections, int size, BtfBuilder strings, Action<TRecord> write)
    {
        int start = writer.Length;
        if (sections.Count > 0) writer.I32(size);
        foreach (string section in sections.Keys.Order(StringComparer.Ordinal))
        {
            var records = sections[section];
            writer.I32(strings.AddString(section));
            writer.I32(records.Length);
            foreach (var record in records) write(record);
        }
        writer.PatchU32(header, (uint)(start - HeaderSize));
        writer.PatchU32(header + 4, (uint)(writer.Length - start));
    }

    private static void Record(ImageWriter writer, int slot, params ReadOnlySpan<int> words)
    {
        writer.I32(slot * Instruction.Size);
        foreach (int word in words) writer.I32(word);
    }

    private static Dictionary<string, ImmutableArray<TRecord>> Each<TRecord>(
        IReadOnlyDictionary<string, ImmutableArray<TRecord>> sections, Func<TRecord, TRecord> change) =>
        sections.ToDictionary(s => s.Key, s => ImmutableArray.CreateRange(s.Value, change), StringComparer.Ordinal);
}
