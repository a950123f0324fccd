// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>An array of maps (<c>BPF_MAP_TYPE_ARRAY_OF_MAPS</c>), which user space fills.</summary>
/// <typeparam name="TInner">The type of the maps inside.</typeparam>
[MapKind(12, KeySize = 4, HasInnerMap = true)]
public readonly unsafe struct BpfArrayOfMaps<TInner>
    where TInner : unmanaged
{
    /// <summary>A map; false when there is none.</summary>
    public bool TryLookup(uint index, out TInner map)
    {
        map = Bpf.MapLookupInner<BpfArrayOfMaps<TInner>, TInner>(this, &index);
        return !Bpf.IsNullMap(map);
    }
}
