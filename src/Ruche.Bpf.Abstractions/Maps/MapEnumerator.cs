// SPDX-License-Identifier: MIT
using System.Collections;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Maps;

/// <summary>One walk over the typed entries of a map. Dispose it, as <c>foreach</c> does; it must not be used by two threads.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public struct MapEnumerator<TKey, TValue> : IEnumerator<KeyValuePair<TKey, TValue>>
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly EntryReader _reader;

    internal MapEnumerator(IBpfMap map) => _reader = new EntryReader(map);

    /// <inheritdoc/>
    public readonly KeyValuePair<TKey, TValue> Current =>
        new(MemoryMarshal.Read<TKey>(_reader.Key), MemoryMarshal.Read<TValue>(_reader.Value));

    readonly object IEnumerator.Current => Current;

    /// <inheritdoc/>
    public readonly bool MoveNext() => _reader.MoveNext();

    /// <inheritdoc/>
    public readonly void Dispose() => _reader.Release();

    readonly void IEnumerator.Reset() => throw new NotSupportedException();
}
