// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Kernel;

/// <summary>What the batch commands on a map take. The kernel writes <see cref="Count"/> back.</summary>
internal struct MapBatchAttr
{
    public ulong InBatch;
    public ulong OutBatch;
    public ulong Keys;
    public ulong Values;
    public uint Count;
    public uint MapFd;
    public ulong ElemFlags;
    public ulong Flags;
}
