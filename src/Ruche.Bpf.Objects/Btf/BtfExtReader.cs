// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Images;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>Reads one BTF.ext image: a header, then up to three streams of records grouped by section.</summary>
internal sealed class BtfExtReader<TOrder>(ReadOnlyMemory<byte> image, BtfSpec btf, ImageSource source)
    where TOrder : struct, IByteOrder
{
    private const int HeaderSize = 24;
    private const int HeaderSizeWithCore = 32;
    private const int FunctionSize = 8;
    private const int LineSize = 16;
    private const int CoreSize = 16;

    private delegate TRecord Decode<TRecord>(ref ImageReader<TOrder> record);

    public BtfExt Read()
    {
        ImageReader<TOrder> header = new(image.Span, source);
        header.Skip(sizeof(ushort));
        byte version = header.U8();
        if (version != 1) source.Throw(BtfDiagnostics.ExtBadHeader, $"expected version 1, found {version}", 2);
        header.Skip(1);
        uint length = header.U32();
        if (length < HeaderSize || length > image.Length)
            source.Throw(BtfDiagnostics.ExtBadHeader, $"expected a header of {HeaderSize} to {image.Length} bytes, found {length}", 4);
        var functions = Stream(ref header, length);
        var lines = Stream(ref header, length);
        var core = length >= HeaderSizeWithCore ? Stream(ref header, length) : default;
        return new()
        {
            AllFunctions = ReadStream(functions, FunctionSize, (ref record) => new FuncInfo(Slot(ref record), record.I32())),
            AllLines = ReadStream(lines, LineSize, (ref record) => new LineInfo(Slot(ref record), record.I32(), record.I32(), record.U32())),
            AllCoreRelocations = ReadStream(core, CoreSize, (ref record) => new CoreRelocation(
                Slot(ref record), record.I32(), btf.StringAt(record.I32()), (CoreRelocationKind)record.I32())),
        };
    }

    private static Range Stream(ref ImageReader<TOrder> header, uint headerLength)
    {
        uint offset = header.U32();
        uint length = header.U32();
        header.Slice((ulong)headerLength + offset, length);
        return (int)(headerLength + offset)..(int)(headerLength + offset + length);
    }

    private Dictionary<string, ImmutableArray<TRecord>> ReadStream<TRecord>(Range stream, int minimumSize, Decode<TRecord> decode)
    {
        int start = stream.Start.Value;
        ImageReader<TOrder> reader = new(image.Span[stream], source with { Start = start });
        if (reader.Remaining == 0) return [];
        uint size = reader.U32();
        if (size < minimumSize || size % sizeof(uint) != 0)
            source.Throw(BtfDiagnostics.ExtBadRecordSize, $"expected records of at least {minimumSize} bytes, a multiple of 4, found {size}", start);
        Dictionary<string, ImmutableArray<TRecord>.Builder> sections = new(StringComparer.Ordinal);
        while (reader.Remaining > 0)
        {
            string section = btf.StringAt(reader.I32());
            uint count = reader.U32();
            if ((ulong)count * size > (ulong)reader.Remaining) source.ThrowTruncated((long)count * size, reader.Remaining, start + reader.Position);
            if (!sections.TryGetValue(section, out var records)) sections.Add(section, records = ImmutableArray.CreateBuilder<TRecord>((int)count));
            for (uint i = 0; i < count; i++)
            {
                int at = reader.Position;
                ImageReader<TOrder> record = new(reader.Take((int)size), source with { Start = start + at });
                records.Add(decode(ref record));
            }
        }
        Dictionary<string, ImmutableArray<TRecord>> read = new(sections.Count, StringComparer.Ordinal);
        foreach (var (section, records) in sections) read.Add(section, records.DrainToImmutable());
        return read;
    }

    private static int Slot(ref ImageReader<TOrder> record)
    {
        uint offset = record.U32();
        if (offset % Instruction.Size != 0)
            record.Source.Throw(BtfDiagnostics.ExtBadOffset, $"expected an instruction offset that is a multiple of {Instruction.Size}, found {offset}", 0);
        return (int)(offset / Instruction.Size);
    }
}
