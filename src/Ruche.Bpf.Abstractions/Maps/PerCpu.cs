// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Maps;

/// <summary>Reads and writes entries of per-CPU maps: one value for each possible CPU, each rounded up to eight bytes.</summary>
internal static class PerCpu
{
    /// <summary>Reads the values of a key, one for each CPU.</summary>
    public static bool TryLookup<TKey, T>(IBpfMap map, in TKey key, Span<T> values)
        where TKey : unmanaged
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Length, map.CpuCount, nameof(values));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(map.ValueBufferSize);
        Span<byte> bytes = buffer.AsSpan(0, map.ValueBufferSize);
        bool found = map.Find(TypedView.BytesOf(in key), bytes);
        if (found) new PerCpuValues<T>(bytes).CopyTo(values);
        ArrayPool<byte>.Shared.Return(buffer);
        return found;
    }

    /// <summary>Stores the values of a key, one for each CPU.</summary>
    public static void Update<TKey, T>(IBpfMap map, in TKey key, ReadOnlySpan<T> values)
        where TKey : unmanaged
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, map.CpuCount, nameof(values));
        byte[] buffer = ArrayPool<byte>.Shared.Rent(map.ValueBufferSize);
        Span<byte> bytes = buffer.AsSpan(0, map.ValueBufferSize);
        bytes.Clear();
        int stride = MapTypeFacts.PerCpuStride(Unsafe.SizeOf<T>());
        for (int cpu = 0; cpu < values.Length; cpu++) MemoryMarshal.Write(bytes[(cpu * stride)..], in values[cpu]);
        Errno errno = map.TryUpdate(TypedView.BytesOf(in key), bytes, UpdateMode.Any);
        ArrayPool<byte>.Shared.Return(buffer);
        if (errno is not Errno.None) throw map.Explain(MapOperation.Update, errno);
    }
}
