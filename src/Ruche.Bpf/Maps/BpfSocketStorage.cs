// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>What programs keep with each socket; it goes when the socket goes.</summary>
/// <typeparam name="T">As large as the map's values.</typeparam>
public sealed class BpfSocketStorage<T> : BpfStorage<Socket, T>
    where T : unmanaged
{
    /// <summary>Sees a map as storage of sockets.</summary>
    /// <exception cref="ArgumentException">It is of another type, or its values have another size.</exception>
    public BpfSocketStorage(BpfMap map)
        : base(map, MapType.SkStorage)
    {
    }

    private protected override StorageKey Open(Socket owner) => new(owner);
}
