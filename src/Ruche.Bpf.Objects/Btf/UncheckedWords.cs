// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>
/// Little-endian words for the two loops over all types of a kernel, where a checked read is a call in code that was compiled ahead of
/// time, and so is asking a span for its start: together they cost more than everything else (the vmlinux row of the benchmarks). The
/// caller has compared the position with the length.
/// </summary>
internal readonly ref struct UncheckedWords(ReadOnlySpan<byte> bytes)
{
    private readonly ref byte _start = ref MemoryMarshal.GetReference(bytes);
    private readonly int _length = bytes.Length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint At(int at)
    {
        Debug.Assert(at >= 0 && at <= _length - sizeof(uint));
        uint word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref _start, at));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong WideAt(int at)
    {
        Debug.Assert(at >= 0 && at <= _length - sizeof(ulong));
        ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref _start, at));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }
}
