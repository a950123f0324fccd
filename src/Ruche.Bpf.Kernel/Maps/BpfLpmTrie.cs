// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>Finds the longest prefix that a key begins with (<c>BPF_MAP_TYPE_LPM_TRIE</c>).</summary>
/// <typeparam name="TKey">The key: <see cref="LpmKey{TAddress}"/>, or a struct that begins as it does.</typeparam>
/// <typeparam name="TValue">What is kept for each prefix.</typeparam>
[MapKind(11, Flags = 1)]
public readonly unsafe struct BpfLpmTrie<TKey, TValue>
    where TKey : unmanaged
    where TValue : unmanaged
{
    /// <summary>The value of the longest prefix of a key, in place; a null reference when there is none, see <see cref="Bpf.IsNull{T}"/>.</summary>
    public ref TValue Lookup(in TKey key)
    {
        fixed (TKey* at = &key) return ref *(TValue*)Bpf.MapLookupElem(this, at);
    }

    /// <summary>Adds or replaces an entry. Returns 0, or a negative error: E2BIG when the map is full.</summary>
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
}
