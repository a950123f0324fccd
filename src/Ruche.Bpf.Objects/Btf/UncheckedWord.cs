// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Objects.Btf;

/// <summary>
/// Little-endian words for the two loops over all types of a kernel, where a checked read is a call in code that was compiled ahead of
/// time, and costs more than everything else (the vmlinux row of the benchmarks). The caller has compared the position with the length.
/// </summary>
internal static class UncheckedWord
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint At(ReadOnlySpan<byte> bytes, int at)
    {
        Debug.Assert(at >= 0 && at <= bytes.Length - sizeof(uint));
        uint word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), at));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong WideAt(ReadOnlySpan<byte> bytes, int at)
    {
        Debug.Assert(at >= 0 && at <= bytes.Length - sizeof(ulong));
        ulong word = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref MemoryMarshal.GetReference(bytes), at));
        return BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
    }
}
