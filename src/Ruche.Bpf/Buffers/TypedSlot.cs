// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Buffers;

/// <summary>Keeps one record as a structure.</summary>
internal struct TypedSlot<T> : IRecordSlot<T>
    where T : unmanaged
{
    public T Record { get; private set; }

    public void Handle(int source, ReadOnlySpan<byte> record)
    {
        if (record.Length < Unsafe.SizeOf<T>()) throw TypedHandler<T>.TooSmall(record.Length);
        Record = MemoryMarshal.Read<T>(record);
    }
}
