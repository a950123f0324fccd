// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>
/// A map, seen as bytes from outside of programs: one of the kernel or one of this process. It answers with the error numbers of bpf(2).
/// Typed views of it: <c>BpfHashMap</c>, <c>BpfArray</c> and so on.
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

    /// <summary>The exception for an answer that a caller did not expect.</summary>
    BpfException Explain(MapOperation operation, Errno errno);
}
