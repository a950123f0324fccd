// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A hash table (<c>BPF_MAP_TYPE_HASH</c>).</summary>
/// <typeparam name="TKey">What entries are found by.</typeparam>
/// <typeparam name="TValue">What is kept for each key.</typeparam>
[MapKind(1)]
public readonly unsafe struct BpfHashMap<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>The value of a key, in place; a null reference when there is none, see <see cref="Bpf.IsNull{T}"/>.</summary>
    public ref TValue Lookup(in TKey key)
    {
        fixed (TKey* at = &key) return ref *(TValue*)MapCalls.Lookup(this, at);
    }

    /// <summary>Adds or replaces an entry. Returns 0, or a negative error: E2BIG when the map is full.</summary>
    public long Update(in TKey key, in TValue value, UpdateMode mode = UpdateMode.Any)
    {
        fixed (TKey* at = &key)
        fixed (TValue* from = &value) return MapCalls.Update(this, at, from, mode);
    }

    /// <summary>Removes an entry. Returns 0, or ENOENT, negative, when there is none.</summary>
    public long Delete(in TKey key)
    {
        fixed (TKey* at = &key) return MapCalls.Delete(this, at);
    }
}
