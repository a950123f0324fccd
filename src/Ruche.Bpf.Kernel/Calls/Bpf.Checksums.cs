// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Checksums of packets.</content>
public static unsafe partial class Bpf
{
    /// <summary>
    /// Corrects the network header's checksum for a change of 2 or 4 bytes; size 0: the difference is in <c>to</c>. Read the packet anew afterwards.
    /// Traffic control; 4.1.
    /// </summary>
    [Helper(10)]
    public static long L3CsumReplace(ref readonly SkBuffContext skb, uint offset, ulong from, ulong to, ulong size) => throw KernelOnly.Call;

    /// <summary>
    /// Corrects the transport header's checksum; the size is in the lowest bits of the flags, see <see cref="ChecksumFlags"/>. Read the packet anew
    /// afterwards. Traffic control; 4.1.
    /// </summary>
    [Helper(11)]
    public static long L4CsumReplace(ref readonly SkBuffContext skb, uint offset, ulong from, ulong to, ulong flags) => throw KernelOnly.Call;

    /// <summary>The difference of the checksums of two pieces of memory, as a 32-bit sum; sizes must be multiples of four. Networking; 4.6.</summary>
    [Helper(28)]
    public static long CsumDiff(void* from, uint fromSize, void* to, uint toSize, uint seed) => throw KernelOnly.Call;

    /// <summary>Adds to the checksum that hardware has found. Traffic control; 4.9.</summary>
    [Helper(40)]
    public static long CsumUpdate(ref readonly SkBuffContext skb, uint csum) => throw KernelOnly.Call;

    /// <summary>Asks (0), raises (1), lowers (2) or resets (3) how many checksums are known to be right. Traffic control; 5.8.</summary>
    [Helper(135)]
    public static long CsumLevel(ref readonly SkBuffContext skb, ulong level) => throw KernelOnly.Call;

    /// <summary>The difference of the checksums of two values, whose sizes are multiples of four (4.6).</summary>
    public static long CsumDiff<TFrom, TTo>(in TFrom from, in TTo to, uint seed = 0)
        where TFrom : unmanaged
        where TTo : unmanaged
    {
        fixed (TFrom* old = &from)
        fixed (TTo* changed = &to) return CsumDiff(old, (uint)sizeof(TFrom), changed, (uint)sizeof(TTo), seed);
    }

    /// <summary>The checksum of a value, whose size is a multiple of four; <see cref="Checksum.Finish"/> makes it one of a header (4.6).</summary>
    public static long CsumOf<T>(in T value, uint seed = 0)
        where T : unmanaged
    {
        fixed (T* from = &value) return CsumDiff(null, 0, from, (uint)sizeof(T), seed);
    }
}
