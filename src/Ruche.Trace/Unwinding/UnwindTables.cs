// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Maps;
using Ruche.Symbols;
using Ruche.Symbols.Unwinding;

namespace Ruche.Trace.Unwinding;

/// <summary>Tells the kernel how the frames of processes are left: the rows of each file once, and where each process has the file.</summary>
internal sealed class UnwindTables : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan AfterLookInVain = TimeSpan.FromSeconds(1);

    private readonly SymbolizerCache _cache;
    private readonly BpfMap _processes;
    private readonly MappedValues _rows;
    private readonly Dictionary<UnwindTable, Piece[]> _files = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, (byte[] Ranges, long Looked, TimeSpan Wait)> _known = [];
    private readonly HashSet<int> _refused = [];
    private readonly byte[] _value;
    private readonly int _rowsOfPart;
    private int _used;
    private long _looked;

    public UnwindTables(BpfObject loaded, SymbolizerCache cache)
    {
        (_cache, _processes) = (cache, loaded.Map(UnwindLayout.Processes));
        _rows = loaded.Map(UnwindLayout.Rows).MapValues();
        _rowsOfPart = _rows.ValueSize / sizeof(ulong);
        _value = new byte[_processes.ValueSize];
        MostMappings = UnwindLayout.MappingsIn(_processes.ValueSize);

        // What stands for processes that are not known.
        Write(0, RangesOf([], out _));
    }

    /// <summary>How many rows there is room for.</summary>
    public int MostRows => _rowsOfPart * _rows.Count;

    /// <summary>How many processes there is room for, beside that which stands for the others.</summary>
    public int MostProcesses => (int)_processes.MaxEntries - 1;

    /// <summary>How many ranges of a process there is room for.</summary>
    public int MostMappings { get; }

    /// <summary>How many rows found no room.</summary>
    public long RefusedRows { get; private set; }

    /// <summary>How many ranges found no room.</summary>
    public long RefusedRanges { get; private set; }

    /// <summary>How many processes found no room.</summary>
    public int RefusedProcesses => _refused.Count;

    /// <summary>How many frames were met in processes that were not known yet.</summary>
    public long Strangers => ReadMissed(0);

    /// <summary>Tells of a process, as it is now.</summary>
    public void Learn(int process)
    {
        if (!_known.ContainsKey(process) && _known.Count >= MostProcesses)
        {
            _refused.Add(process);
            return;
        }

        byte[] ranges = RangesOf(_cache.Unwinding(process), out int refused);
        bool isNew = !_known.TryGetValue(process, out var before) || !before.Ranges.AsSpan().SequenceEqual(ranges);
        _known[process] = (ranges, TimeProvider.System.GetTimestamp(), isNew ? BetweenLooks : AfterLookInVain);
        if (!isNew) return;
        RefusedRanges += refused;
        Write(process, ranges);
    }

    /// <summary>Looks again at processes whose stacks led into code that was not there when they were looked at.</summary>
    public void Refresh()
    {
        if (TimeProvider.System.GetElapsedTime(_looked) < BetweenLooks) return;
        _looked = TimeProvider.System.GetTimestamp();
        foreach ((int process, var known) in _known.ToArray())
        {
            if (TimeProvider.System.GetElapsedTime(known.Looked) >= known.Wait && ReadMissed(process) > 0) Learn(process);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _rows.Dispose();

    private byte[] RangesOf(IReadOnlyList<UnwindMapping> mappings, out int refused)
    {
        byte[] value = new byte[_processes.ValueSize];
        int count = 0;
        refused = 0;
        foreach (var mapping in mappings)
        {
            ulong from = (uint)(mapping.Start + mapping.Bias), to = from + (mapping.End - mapping.Start);
            foreach (var piece in PiecesOf(mapping.Table))
            {
                ulong start = Math.Max(from, piece.Start), end = Math.Min(to, piece.End);
                if (start >= end) continue;
                if (count == MostMappings) refused++;
                else WriteRange(value, count++, mapping.Start + (start - from), mapping.Start + (end - from), mapping.Bias, piece);
            }
        }

        BinaryPrimitives.WriteInt64LittleEndian(value, count);
        for (int i = count; i < MostMappings; i++) WriteRange(value, i, UnwindLayout.Unused, UnwindLayout.Unused, 0, default);
        return value;
    }

    private static void WriteRange(byte[] value, int index, ulong start, ulong end, ulong bias, Piece piece)
    {
        var range = value.AsSpan(UnwindLayout.Mappings + (index << UnwindLayout.MappingShift));
        BinaryPrimitives.WriteUInt64LittleEndian(range, start);
        BinaryPrimitives.WriteUInt64LittleEndian(range[8..], end);
        BinaryPrimitives.WriteUInt64LittleEndian(range[16..], bias);
        BinaryPrimitives.WriteInt32LittleEndian(range[24..], piece.First);
        BinaryPrimitives.WriteInt32LittleEndian(range[28..], piece.Count);
    }

    /// <summary>Where the rows of a file are: in one piece, unless they do not fit what is left of a part. The last piece has none when no part has room.</summary>
    private Piece[] PiecesOf(UnwindTable table)
    {
        if (_files.TryGetValue(table, out var known)) return known;
        List<Piece> pieces = [];
        var rows = table.Rows;
        while (true)
        {
            int count = Math.Min(rows.Length, _used == MostRows ? 0 : _rowsOfPart - (_used % _rowsOfPart));
            var rest = rows[count..];
            if (count == 0) RefusedRows += rest.Length;
            else rows[..count].CopyTo(MemoryMarshal.Cast<byte, ulong>(_rows.Edit(_used / _rowsOfPart))[(_used % _rowsOfPart)..]);
            bool isLast = count == 0 || rest.IsEmpty;
            pieces.Add(new(_used, count, pieces.Count == 0 ? 0 : pieces[^1].End, isLast ? ulong.MaxValue : (uint)rest[0]));
            _used += count;
            if (isLast) return _files[table] = [.. pieces];
            rows = rest;
        }
    }

    private void Write(long process, byte[] value) => _processes.Update(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in process)), value);

    private long ReadMissed(long process) =>
        _processes.TryLookup(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in process)), _value) ? BinaryPrimitives.ReadInt64LittleEndian(_value.AsSpan(UnwindLayout.Missed)) : 0;

    /// <summary>Rows of a file that lie side by side, and the addresses that they are for, as the file's own tables count them.</summary>
    private readonly record struct Piece(int First, int Count, ulong Start, ulong End);
}
