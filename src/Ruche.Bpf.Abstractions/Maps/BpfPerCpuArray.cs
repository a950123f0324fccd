// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>
/// A per-CPU array map: at each index one value for every CPU there can be. A view: it does not own the map. Safe for use from
/// several threads.
/// </summary>
/// <typeparam name="T">As large as the map's value for one CPU.</typeparam>
public sealed class BpfPerCpuArray<T>
    where T : unmanaged
{
    /// <summary>Sees a map as an array of values for each CPU.</summary>
    /// <exception cref="ArgumentException">It is no per-CPU array map, or the size of its values differs.</exception>
    public BpfPerCpuArray(IBpfMap map) => Map = TypedView.Expect(map, MapType.PerCpuArray).ExpectValue<T>();

    /// <summary>The map.</summary>
    public IBpfMap Map { get; }

    /// <summary>How many indexes there are.</summary>
    public int Length => (int)Map.MaxEntries;

    /// <summary>How many values each index has.</summary>
    public int CpuCount => Map.CpuCount;

    /// <summary>The values at an index.</summary>
    public T[] this[int index]
    {
        get
        {
            T[] values = new T[CpuCount];
            Read(index, values);
            return values;
        }
    }

    /// <summary>Reads the values at an index into at least <see cref="CpuCount"/> places.</summary>
    public void Read(int index, Span<T> values)
    {
        CheckIndex(index);
        PerCpu.TryLookup(Map, in index, values);
    }

    /// <summary>Stores the values at an index, of which there must be <see cref="CpuCount"/>.</summary>
    public void Update(int index, ReadOnlySpan<T> values)
    {
        CheckIndex(index);
        PerCpu.Update(Map, in index, values);
    }

    /// <summary>Walks the entries without allocating for each.</summary>
    public PerCpuEnumerator<int, T> GetEnumerator() => new(Map);

    private void CheckIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
    }
}
