// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Images;

namespace Ruche.Bpf.Objects.Elf;

/// <summary>A symbol table row by row, without a string for each name: for files with hundreds of thousands of symbols. Thread-safe.</summary>
public sealed class ElfSymbolRows
{
    private readonly ReadOnlyMemory<byte> _rows;
    private readonly ReadOnlyMemory<byte> _strings;
    private readonly ByteOrder _order;

    internal ElfSymbolRows(ReadOnlyMemory<byte> rows, ReadOnlyMemory<byte> strings, ByteOrder order) =>
        (_rows, _strings, _order) = (rows, strings, order);

    /// <summary>How many rows there are, the unused first one included.</summary>
    public int Count => _rows.Length / ElfTables.SymbolSize;

    /// <summary>The row of that number.</summary>
    public ElfSymbolRow this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            var row = _rows.Span.Slice(index * ElfTables.SymbolSize, ElfTables.SymbolSize);
            return _order is ByteOrder.Little ? Read<LittleEndian>(row) : Read<BigEndian>(row);
        }
    }

    /// <summary>The name of a row, as UTF-8; empty when it has none or names a place outside the strings.</summary>
    public ReadOnlySpan<byte> NameOf(ElfSymbolRow row)
    {
        if (row.Name >= _strings.Length) return default;
        var rest = _strings.Span[(int)row.Name..];
        int end = rest.IndexOf((byte)0);
        return end < 0 ? default : rest[..end];
    }

    private static ElfSymbolRow Read<TOrder>(ReadOnlySpan<byte> row)
        where TOrder : struct, IByteOrder =>
        new(TOrder.U32(row), TOrder.U64(row[8..]), TOrder.U64(row[16..]),
            (ElfSymbolType)(row[4] & 0xf), (ElfSymbolBinding)(row[4] >> 4), TOrder.U16(row[6..]));
}
