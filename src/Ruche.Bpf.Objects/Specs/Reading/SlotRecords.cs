// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Specs.Reading;

/// <summary>Records of one section, ordered by slot, to be dealt out to its functions.</summary>
internal readonly struct SlotRecords<TRecord>
{
    private readonly TRecord[] _records;
    private readonly int[] _slots;

    public SlotRecords(IEnumerable<TRecord> records, Func<TRecord, int> slotOf)
    {
        _records = [.. records];
        _slots = [.. _records.Select(slotOf)];
        // Compilers write them in order. Sorting what is sorted is cheap, but for the sorter: each type of record needs one compiled first.
        if (!IsSorted(_slots)) Array.Sort(_slots, _records);
    }

    /// <summary>The records of a function, moved to count from its start; with <paramref name="unique"/> one per slot.</summary>
    public ImmutableArray<TRecord> Within(FunctionRange range, Func<TRecord, int, TRecord> at, bool unique = false)
    {
        int first = Array.BinarySearch(_slots, range.Start);
        first = first < 0 ? ~first : first;
        while (first > 0 && _slots[first - 1] == range.Start) first--;
        var found = ImmutableArray.CreateBuilder<TRecord>();
        for (int i = first; i < _slots.Length && _slots[i] < range.End; i++)
        {
            if (unique && i > first && _slots[i] == _slots[i - 1]) continue;
            found.Add(at(_records[i], _slots[i] - range.Start));
        }

        return found.DrainToImmutable();
    }

    private static bool IsSorted(ReadOnlySpan<int> slots)
    {
        for (int i = 1; i < slots.Length; i++)
        {
            if (slots[i] < slots[i - 1]) return false;
        }

        return true;
    }
}
