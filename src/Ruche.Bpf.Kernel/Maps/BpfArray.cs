// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>An array (<c>BPF_MAP_TYPE_ARRAY</c>): all entries are there from the start, zero.</summary>
/// <typeparam name="TValue">What is kept for each index.</typeparam>
[MapKind(2, KeySize = 4)]
public readonly unsafe struct BpfArray<TValue>
    where TValue : unmanaged
{
    /// <summary>An entry, in place; a null reference when the index is out of range, see <see cref="Bpf.IsNull{T}"/>.</summary>
    public ref TValue Lookup(uint index) => ref *(TValue*)Bpf.MapLookupElem(this, &index);

    /// <summary>Each entry in turn, in place, for <c>foreach</c>. The verifier follows each turn: for thousands, <see cref="ForEach"/> is better.</summary>
    public BpfArrayEntries<TValue> GetEnumerator() => new(this);

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
