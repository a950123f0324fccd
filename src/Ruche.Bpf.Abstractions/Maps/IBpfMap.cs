// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>
/// A map, seen as bytes from outside of programs: one of the kernel or one of this process. It answers with the error numbers of bpf(2).
/// Typed views of it:
/// <see cref="BpfHashMap{TKey, TValue}"/>, <see cref="BpfArray{T}"/> and so on.
/// </summary>
public interface IBpfMap
{
    /// <summary>The name.</summary>
    string Name { get; }

    /// <summary>What the map is.</summary>
    MapType Type { get; }

    /// <summary>Bytes per key; 0 for maps without keys.</summary>
    int KeySize { get; }

    /// <summary>Bytes per value; for a per-CPU map, per CPU.</summary>
    int ValueSize { get; }

    /// <summary>Bytes that are read and written at a time: more than <see cref="ValueSize"/> for per-CPU maps, where each value is rounded up to eight.</summary>
    int ValueBufferSize { get; }

    /// <summary>How many entries fit; bytes for ring buffers.</summary>
    uint MaxEntries { get; }

    /// <summary>Creation flags.</summary>
    MapFlags Flags { get; }

    /// <summary>How many values each entry of a per-CPU map has.</summary>
    int CpuCount { get; }

    /// <summary>Reads the value of a key.</summary>
    /// <param name="key"><see cref="KeySize"/> bytes.</param>
    /// <param name="value">Receives <see cref="ValueBufferSize"/> bytes; of a bloom filter, the value that is asked for.</param>
    /// <param name="locked">Whether to hold the spin lock inside the value while it is copied.</param>
    Errno TryLookup(ReadOnlySpan<byte> key, Span<byte> value, bool locked = false);

    /// <summary>Stores a value under a key.</summary>
    Errno TryUpdate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, UpdateMode mode = UpdateMode.Any);

    /// <summary>Removes a key.</summary>
    Errno TryDelete(ReadOnlySpan<byte> key);

    /// <summary>Finds the key after another, or the first when <paramref name="key"/> is empty or, in hash maps, not there.</summary>
    Errno TryNextKey(ReadOnlySpan<byte> key, Span<byte> next);

    /// <summary>Reads the value of a key and removes it in one step.</summary>
    Errno TryLookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value);

    /// <summary>Every entry, as bytes. An entry may be seen twice, or not at all, when others change the map meanwhile.</summary>
    MapEntries Entries => new(this);

    /// <summary>Stores many entries.</summary>
    /// <param name="keys">Keys one after the other.</param>
    /// <param name="values">As many values, of <see cref="ValueBufferSize"/> bytes each.</param>
    /// <param name="mode">What an update may do.</param>
    /// <exception cref="BpfException">An entry was refused; those before it are stored.</exception>
    void UpdateMany(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, UpdateMode mode = UpdateMode.Any) => OneByOne.Update(this, keys, values, mode);

    /// <summary>Removes many keys. Returns how many were there.</summary>
    /// <param name="keys">Keys one after the other.</param>
    int DeleteMany(ReadOnlySpan<byte> keys) => OneByOne.Delete(this, keys);

    /// <summary>Takes entries out of the map.</summary>
    /// <param name="keys">Receives keys one after the other; its length says how many are wanted at most.</param>
    /// <param name="values">Receives as many values of <see cref="ValueBufferSize"/> bytes each.</param>
    /// <returns>How many were taken: 0 when the map is empty.</returns>
    int Drain(Span<byte> keys, Span<byte> values) => OneByOne.Drain(this, keys, values);

    /// <summary>Reads many entries at once, from a place in the map to another. The answer EOPNOTSUPP says that this map is to be walked key by key.</summary>
    /// <param name="from">Where to go on: what the last call has put into <paramref name="to"/>; empty at first.</param>
    /// <param name="to">Receives where to go on. As long as a key, and at least eight bytes.</param>
    /// <param name="keys">Receives keys one after the other.</param>
    /// <param name="values">Receives as many values of <see cref="ValueBufferSize"/> bytes each.</param>
    /// <param name="count">How many fit; then how many were read.</param>
    /// <returns>ENOENT after the last ones; ENOSPC when more must fit at a time.</returns>
    Errno TryReadBatch(ReadOnlySpan<byte> from, Span<byte> to, Span<byte> keys, Span<byte> values, ref int count)
    {
        count = 0;
        return Errno.EOPNOTSUPP;
    }

    /// <summary>The exception for an answer that a caller did not expect.</summary>
    BpfException Explain(MapOperation operation, Errno errno);
}
