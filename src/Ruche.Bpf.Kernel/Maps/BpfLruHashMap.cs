// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A hash table in which what was not used for long makes room (<c>BPF_MAP_TYPE_LRU_HASH</c>).</summary>
/// <typeparam name="TKey">What entries are found by.</typeparam>
/// <typeparam name="TValue">What is kept for each key.</typeparam>
[MapKind(9)]
public readonly unsafe struct BpfLruHashMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>The value of a key, in place; a null reference when there is none, see <see cref="Bpf.IsNull{T}"/>.</summary>
    public ref TValue Lookup(in TKey key)
    {
        fixed (TKey* at = &key) return ref *(TValue*)Bpf.MapLookupElem(this, at);
    }

    /// <summary>Whether there is an entry.</summary>
    public bool Contains(in TKey key)
    {
        fixed (TKey* at = &key) return Bpf.MapLookupElem(this, at) != null;
    }

    /// <summary>The value of a key, in place, which is added when there is none; a null reference when there is no room.</summary>
    public ref TValue LookupOrAdd(in TKey key, in TValue initial)
    {
        fixed (TKey* at = &key)
        fixed (TValue* from = &initial)
        {
            void* found = Bpf.MapLookupElem(this, at);
            if (found != null) return ref *(TValue*)found;
            Bpf.MapUpdateElem(this, at, from, UpdateMode.Add);
            return ref *(TValue*)Bpf.MapLookupElem(this, at);
        }
    }

    /// <summary>Adds or replaces an entry. Returns 0, or a negative error. What was not used for long makes room.</summary>
    public long Update(in TKey key, in TValue value, UpdateMode mode = UpdateMode.Any)
    {
        fixed (TKey* at = &key)
        fixed (TValue* from = &value) return Bpf.MapUpdateElem(this, at, from, mode);
    }

    /// <summary>Removes an entry. Returns 0, or ENOENT, negative, when there is none.</summary>
    public long Delete(in TKey key)
    {
        fixed (TKey* at = &key) return Bpf.MapDeleteElem(this, at);
    }

    /// <summary>Calls a method for each entry, with the map, the key, the value and some data, until it returns 1. Returns for how many (5.13).</summary>
    public long ForEach<TData>(delegate*<void*, TKey*, TValue*, TData*, long> callback, ref TData data)
        where TData : unmanaged
    {
        fixed (TData* with = &data) return Bpf.ForEachMapElem(this, callback, with, 0);
    }
}
