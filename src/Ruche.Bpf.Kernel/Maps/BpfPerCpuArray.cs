// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>An array with a value for each CPU (<c>BPF_MAP_TYPE_PERCPU_ARRAY</c>): nobody else writes to it.</summary>
/// <typeparam name="TValue">What is kept for each index.</typeparam>
[MapKind(6, KeySize = 4)]
public readonly unsafe struct BpfPerCpuArray<TValue>
    where TValue : unmanaged
{
    /// <summary>An entry of this CPU, in place; a null reference when the index is out of range, see <see cref="Bpf.IsNull{T}"/>.</summary>
    public ref TValue Lookup(uint index) => ref *(TValue*)Bpf.MapLookupElem(this, &index);

    /// <summary>An entry of another CPU, in place; a null reference when the index or the CPU is out of range (5.19).</summary>
    public ref TValue LookupOn(uint cpu, uint index) => ref *(TValue*)Bpf.MapLookupPercpuElem(this, &index, cpu);

    /// <summary>Each entry of this CPU in turn, in place, for <c>foreach</c>. The verifier follows each turn: for thousands, <see cref="ForEach"/> is better.</summary>
    public BpfPerCpuArrayEntries<TValue> GetEnumerator() => new(this);

    /// <summary>Replaces an entry. Returns 0, or a negative error: E2BIG when the index is out of range.</summary>
    public long Update(uint index, in TValue value)
    {
        fixed (TValue* from = &value) return Bpf.MapUpdateElem(this, &index, from, UpdateMode.Any);
    }

    /// <summary>Calls a method for each entry, with the map, the index, the value and some data, until it returns 1. Returns for how many (5.13).</summary>
    public long ForEach<TData>(delegate*<void*, uint*, TValue*, TData*, long> callback, ref TData data)
        where TData : unmanaged
    {
        fixed (TData* with = &data) return Bpf.ForEachMapElem(this, callback, with, 0);
    }
}
