// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Maps;

/// <summary>The values of an entry for all CPUs, one after the other, as bpf(2) hands them over, with what fills each up to eight bytes.</summary>
internal static unsafe class PerCpuBytes
{
    // SAFETY: callers give the address of as many values as the bytes hold.
    public static void Read(nint values, Span<byte> bytes) => new ReadOnlySpan<byte>((void*)values, bytes.Length).CopyTo(bytes);

    // SAFETY: as above.
    public static void Write(nint values, ReadOnlySpan<byte> bytes) => bytes.CopyTo(new((void*)values, bytes.Length));
}
