// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Says of a value that it was surely not added, or probably was (<c>BPF_MAP_TYPE_BLOOM_FILTER</c>, 5.16).</summary>
/// <typeparam name="TValue">What is added.</typeparam>
[MapKind(30)]
public readonly unsafe struct BpfBloomFilter<TValue>
    where TValue : unmanaged
{
    /// <summary>Adds a value. Returns 0.</summary>
    public long Add(in TValue value)
    {
        fixed (TValue* from = &value) return Bpf.MapPushElem(this, from, 0);
    }

    /// <summary>Whether a value was probably added; false is certain.</summary>
    public bool MayContain(in TValue value)
    {
        fixed (TValue* at = &value) return Bpf.MapPeekElem(this, at) == 0;
    }
}
