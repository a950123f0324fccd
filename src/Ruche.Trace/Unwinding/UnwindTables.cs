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
    private readonly Dictionary<UnwindTable, (int First, int Count)> _files = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, (byte[] Ranges, long Looked, TimeSpan Wait)> _known = [];
    private readonly byte[] _value = new byte[UnwindLayout.ProcessSize];
    private int _used;
    private long _looked;

    public UnwindTables(BpfObject loaded, SymbolizerCache cache)
    {
        (_cache, _processes) = (cache, loaded.Map(UnwindLayout.Processes));
        _rows = loaded.Map(UnwindLayout.Rows).MapValues();

        // What stands for processes that are not known.
        Write(0, _value);
    }

    /// <summary>How many rows found no room.</summary>
    public long RefusedRows { get; private set; }

    /// <summary>How many ranges or processes found no room.</summary>
    public long RefusedRanges { get; private set; }

    /// <summary>How many frames were met in processes that were not known yet.</summary>
    public long Strangers => ReadMissed(0);

    /// <summary>Tells of a process, as it is now.</summary>
    public void Learn(int process)
    {
        if (!_known.ContainsKey(process) && _known.Count >= UnwindLayout.MostProcesses - 1)
        {
            RefusedRanges++;
            return;
        }

        byte[] ranges = RangesOf(_cache.Unwinding(process));
        bool isNew = !_known.TryGetValue(process, out var before) || !before.Ranges.AsSpan().SequenceEqual(ranges);
        _known[process] = (ranges, TimeProvider.System.GetTimestamp(), isNew ? BetweenLooks : AfterLookInVain);
        if (isNew) Write(process, ranges);
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

    private byte[] RangesOf(IReadOnlyList<UnwindMapping> mappings)
    {
        byte[] value = new byte[UnwindLayout.ProcessSize];
        int count = Math.Min(mappings.Count, UnwindLayout.MostMappings);
        RefusedRanges += mappings.Count - count;
        BinaryPrimitives.WriteInt64LittleEndian(value, count);
        for (int i = 0; i < count; i++)
        {
            var range = value.AsSpan(UnwindLayout.Mappings + (i << UnwindLayout.MappingShift));
            var (first, rows) = PlaceOf(mappings[i].Table);
            BinaryPrimitives.WriteUInt64LittleEndian(range, mappings[i].Start);
            BinaryPrimitives.WriteUInt64LittleEndian(range[8..], mappings[i].End);
            BinaryPrimitives.WriteUInt64LittleEndian(range[16..], mappings[i].Bias);
            BinaryPrimitives.WriteInt32LittleEndian(range[24..], first);
            BinaryPrimitives.WriteInt32LittleEndian(range[28..], rows);
        }

        return value;
    }

    private (int First, int Count) PlaceOf(UnwindTable table)
    {
        if (_files.TryGetValue(table, out var place)) return place;
        int count = table.Rows.Length;
        if (count > UnwindLayout.MostRows - _used)
        {
            RefusedRows += count;
            count = 0;
        }

        for (int i = 0; i < count; i++) _rows.EditValue<ulong>(_used + i) = table.Rows[i];
        place = (_used, count);
        _used += count;
        _files.Add(table, place);
        return place;
    }

    private void Write(long process, byte[] value) => _processes.Update(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in process)), value);

    private long ReadMissed(long process) =>
        _processes.TryLookup(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in process)), _value) ? BinaryPrimitives.ReadInt64LittleEndian(_value.AsSpan(UnwindLayout.Missed)) : 0;
}
