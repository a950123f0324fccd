// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Buffers;

/// <summary>A delegate that takes structures as a handler.</summary>
internal readonly struct TypedHandler<T>(RecordHandler<T> handler) : IRecordHandler
    where T : unmanaged
{
    public void Handle(int source, ReadOnlySpan<byte> record)
    {
        if (record.Length < Unsafe.SizeOf<T>()) throw TooSmall(record.Length);
        handler(in MemoryMarshal.AsRef<T>(record));
    }

    /// <summary>Why a record cannot be read as a structure.</summary>
    public static InvalidDataException TooSmall(int length) => new($"a record has {length} bytes, but {typeof(T).Name} has {Unsafe.SizeOf<T>()}");
}
