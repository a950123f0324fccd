// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>
/// What programs keep with each socket; it goes when the socket goes. A view: it does not own the map. Safe for use from several threads.
/// </summary>
/// <typeparam name="T">As large as the map's values.</typeparam>
public sealed class BpfSocketStorage<T>
    where T : unmanaged
{
    /// <summary>Sees a map as storage of sockets.</summary>
    /// <exception cref="ArgumentException">It is of another type, or its values have another size.</exception>
    public BpfSocketStorage(BpfMap map) => Map = StorageEntry.Expect<T>(map, MapType.SkStorage);

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>Reads what is kept with a socket; false when nothing is.</summary>
    public bool TryGetValue(Socket socket, out T value)
    {
        using HeldSocket held = new(socket);
        return StorageEntry.TryGet(Map, held.Fd, out value);
    }

    /// <summary>Keeps a value with a socket.</summary>
    public void Update(Socket socket, in T value, UpdateMode mode = UpdateMode.Any)
    {
        using HeldSocket held = new(socket);
        StorageEntry.Set(Map, held.Fd, in value, mode);
    }

    /// <summary>Removes what is kept with a socket; returns whether anything was.</summary>
    public bool Remove(Socket socket)
    {
        using HeldSocket held = new(socket);
        return StorageEntry.Remove(Map, held.Fd);
    }
}
