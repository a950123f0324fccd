// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>What programs keep with each file; it goes when the file goes. A file is named by its path.</summary>
/// <typeparam name="T">As large as the map's values.</typeparam>
public sealed class BpfInodeStorage<T> : BpfStorage<string, T>
    where T : unmanaged
{
    /// <summary>Sees a map as storage of files.</summary>
    /// <exception cref="ArgumentException">It is of another type, or its values have another size.</exception>
    public BpfInodeStorage(BpfMap map)
        : base(map, MapType.InodeStorage)
    {
    }

    private protected override StorageKey Open(string owner) => new(FileDescriptors.OpenFile(owner, $"find the file for map '{Map.Name}'"));
}
