// SPDX-License-Identifier: MIT
using System.Collections;

namespace Ruche.Bpf.Compiler.Ir;

/// <summary>What belongs to an operation or an edge, as others see it: they may look, and go through it without a cost.</summary>
public readonly struct FixedList<T> : IReadOnlyList<T>
{
    private readonly T[] _items;

    internal FixedList(T[] items) => _items = items;

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public T this[int index] => _items[index];

    /// <summary>Goes through it.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => new ReadOnlySpan<T>(_items).GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}
