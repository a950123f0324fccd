// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Maps;

/// <summary>The values of one entry of a per-CPU map, one for each possible CPU, seen in the bytes that the kernel wrote.</summary>
/// <typeparam name="T">The type of a value.</typeparam>
public readonly ref struct PerCpuValues<T>
    where T : unmanaged
{
    private readonly ReadOnlySpan<byte> _bytes;

    internal PerCpuValues(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>How many CPUs there can be.</summary>
    public int Count => _bytes.Length / Stride;

    /// <summary>The value of one CPU.</summary>
    public ref readonly T this[int cpu] => ref Unsafe.As<byte, T>(ref MemoryMarshal.GetReference(_bytes.Slice(cpu * Stride, Unsafe.SizeOf<T>())));

    private static int Stride => MapTypeFacts.PerCpuStride(Unsafe.SizeOf<T>());

    /// <summary>The values in an array of their own.</summary>
    public T[] ToArray()
    {
        T[] result = new T[Count];
        CopyTo(result);
        return result;
    }

    /// <summary>Copies the values.</summary>
    public void CopyTo(Span<T> values)
    {
        for (int cpu = 0; cpu < Count; cpu++) values[cpu] = this[cpu];
    }
}
