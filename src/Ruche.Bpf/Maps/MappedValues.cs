// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Maps;

/// <summary>
/// The values of an array map as memory shared with programs: reads and writes take no system call. Spans and references into it
/// must not be used after it is disposed.
/// </summary>
public sealed unsafe class MappedValues : IDisposable
{
    private readonly MemoryMapping _memory;
    private readonly string _name;

    internal MappedValues(BpfMap map, bool writable)
    {
        _name = map.Name;
        ValueSize = map.ValueSize;
        Stride = MapTypeFacts.PerCpuStride(map.ValueSize);
        Count = checked((int)map.MaxEntries);
        IsWritable = writable;
        _memory = MemoryMapping.Create(map.Fd, (nuint)checked(Stride * Count), writable, 0, $"map the values of map '{map.Name}' into memory");
    }

    /// <summary>Bytes per value.</summary>
    public int ValueSize { get; }

    /// <summary>Bytes from one value to the next.</summary>
    public int Stride { get; }

    /// <summary>How many values there are.</summary>
    public int Count { get; }

    /// <summary>Whether the memory may be written to; writing to it nevertheless kills the process.</summary>
    public bool IsWritable { get; }

    /// <summary>The bytes of one value, to read.</summary>
    public ReadOnlySpan<byte> this[int index] => Slice(index);

    /// <summary>The bytes of one value, to write.</summary>
    public Span<byte> Edit(int index)
    {
        ThrowIfReadOnly();
        return Slice(index);
    }

    /// <summary>A value, to read, as <typeparamref name="T"/> which must be as large.</summary>
    public ref readonly T Value<T>(int index = 0)
        where T : unmanaged => ref Reference<T>(index);

    /// <summary>A value, to write, as <typeparamref name="T"/> which must be as large.</summary>
    public ref T EditValue<T>(int index = 0)
        where T : unmanaged
    {
        ThrowIfReadOnly();
        return ref Reference<T>(index);
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private ref T Reference<T>(int index)
        where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != ValueSize)
            throw new ArgumentException($"map '{_name}' has values of {ValueSize} bytes, but {typeof(T).Name} has {Unsafe.SizeOf<T>()}");
        return ref Unsafe.As<byte, T>(ref Slice(index)[0]);
    }

    private Span<byte> Slice(int index)
    {
        ObjectDisposedException.ThrowIf(_memory.IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);

        // SAFETY: index < Count, so the slice lies within the Count * Stride bytes that are mapped until Dispose.
        return new Span<byte>(_memory.Address + (nint)index * Stride, ValueSize);
    }

    private void ThrowIfReadOnly()
    {
        if (!IsWritable) throw new InvalidOperationException($"the values of map '{_name}' are mapped read-only");
    }
}
