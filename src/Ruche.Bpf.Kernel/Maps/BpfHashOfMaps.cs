// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A hash table of maps (<c>BPF_MAP_TYPE_HASH_OF_MAPS</c>), which user space fills.</summary>
/// <typeparam name="TKey">What entries are found by.</typeparam>
/// <typeparam name="TInner">The type of the maps inside.</typeparam>
[MapKind(13, HasInnerMap = true)]
public readonly unsafe struct BpfHashOfMaps<TKey, TInner>
    where TKey : unmanaged
    where TInner : unmanaged
{
    /// <summary>A map; false when there is none.</summary>
    public bool TryLookup(in TKey key, out TInner map)
    {
        fixed (TKey* at = &key) map = Bpf.MapLookupInner<BpfHashOfMaps<TKey, TInner>, TInner>(this, at);
        return !Bpf.IsNullMap(map);
    }
}
