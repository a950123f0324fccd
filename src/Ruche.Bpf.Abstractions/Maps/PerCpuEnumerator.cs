// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Maps;

/// <summary>One walk over the entries of a per-CPU map. Dispose it, as <c>foreach</c> does; it must not be used by two threads.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
public struct PerCpuEnumerator<TKey, TValue> : IDisposable
    where TKey : unmanaged
    where TValue : unmanaged
{
    private readonly EntryReader _reader;

    internal PerCpuEnumerator(IBpfMap map) => _reader = new EntryReader(map);

    /// <summary>The entry the walk is at, valid until it moves on.</summary>
    public readonly PerCpuEntry<TKey, TValue> Current => new(MemoryMarshal.Read<TKey>(_reader.Key), new PerCpuValues<TValue>(_reader.Value));

    /// <summary>Goes to the next entry.</summary>
    public readonly bool MoveNext() => _reader.MoveNext();

    /// <inheritdoc/>
    public readonly void Dispose() => _reader.Release();
}
