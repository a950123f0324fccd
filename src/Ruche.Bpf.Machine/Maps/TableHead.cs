// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Maps;

/// <summary>Where the buckets of a hash table are. Compiled code addresses the fields by offset.</summary>
[StructLayout(LayoutKind.Explicit)]
internal unsafe struct TableHead
{
    public const int VersionOffset = 0;
    public const int BucketsOffset = 8;

    /// <summary>Before the first bucket lies what masks a hash.</summary>
    public const int MaskOffset = -sizeof(ulong);

    /// <summary>Odd while links change.</summary>
    [FieldOffset(VersionOffset)]
    public int Version;

    /// <summary>The first bucket.</summary>
    [FieldOffset(BucketsOffset)]
    public Element** Buckets;

    public static ref ulong MaskOf(Element** buckets) => ref *(ulong*)((byte*)buckets + MaskOffset);

    /// <summary>The bucket of a hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Element** Bucket(Element** buckets, uint hash) => buckets + (hash & MaskOf(buckets));

    /// <summary>The first element of that bucket.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Element* First(Element** buckets, uint hash) => *Bucket(buckets, hash);
}
