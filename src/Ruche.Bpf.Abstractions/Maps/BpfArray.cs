// SPDX-License-Identifier: MIT
using System.Collections;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>An array map as an array of plain structures. A view: it does not own the map. Safe for use from several threads.</summary>
/// <typeparam name="T">As large as the map's values.</typeparam>
public sealed class BpfArray<T> : IEnumerable<T>
    where T : unmanaged
{
    /// <summary>Sees a map as an array.</summary>
    /// <exception cref="ArgumentException">It is no array map, or the size of its values differs.</exception>
    public BpfArray(IBpfMap map) => Map = TypedView.Expect(map, MapType.Array).ExpectValue<T>();

    /// <summary>The map.</summary>
    public IBpfMap Map { get; }

    /// <summary>How many values there are.</summary>
    public int Length => (int)Map.MaxEntries;

    /// <summary>A value.</summary>
    public T this[int index]
    {
        get
        {
            CheckIndex(index);
            TypedView.TryLookup(Map, in index, out T value);
            return value;
        }
        set
        {
            CheckIndex(index);
            Map.Store(TypedView.BytesOf(in index), TypedView.BytesOf(in value));
        }
    }

    /// <summary>Reads all values, in one system call where the kernel can; returns how many.</summary>
    public int CopyTo(Span<T> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, Length);
        int count = 0;
        foreach (MapEntry entry in Map.Entries) values[count++] = MemoryMarshal.Read<T>(entry.Value);
        return count;
    }

    /// <summary>Walks the values without allocating for each.</summary>
    public Enumerator GetEnumerator() => new(Map);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void CheckIndex(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Length);
    }

    /// <summary>One walk over the values. Dispose it, as <c>foreach</c> does; it must not be used by two threads.</summary>
    public struct Enumerator : IEnumerator<T>
    {
        private MapEnumerator<uint, T> _entries;

        internal Enumerator(IBpfMap map) => _entries = new(map);

        /// <inheritdoc/>
        public readonly T Current => _entries.Current.Value;

        readonly object IEnumerator.Current => Current;

        /// <inheritdoc/>
        public readonly bool MoveNext() => _entries.MoveNext();

        /// <inheritdoc/>
        public readonly void Dispose() => _entries.Dispose();

        readonly void IEnumerator.Reset() => throw new NotSupportedException();
    }
}
