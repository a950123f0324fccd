// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>
/// Sockets that programs redirect to or choose among: a socket map or hash, the group of a port, or AF_XDP sockets. A view: it does
/// not own the map. Safe for use from several threads.
/// </summary>
/// <typeparam name="TKey">As large as the map's keys; an index for all but hashes.</typeparam>
public sealed class BpfSocketMap<TKey>
    where TKey : unmanaged
{
    /// <summary>Sees a map as one of sockets.</summary>
    /// <exception cref="ArgumentException">It holds no sockets, or a size differs.</exception>
    public BpfSocketMap(BpfMap map)
    {
        TypedView.Expect(map, MapType.SockMap, MapType.SockHash, MapType.ReuseportSockArray, MapType.XskMap).ExpectKey<TKey>();
        Map = map;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>Puts a socket under a key.</summary>
    /// <exception cref="BpfException">EOPNOTSUPP: a socket of this kind or state cannot be in such a map; E2BIG: no such index, or the map is full.</exception>
    public void Update(in TKey key, Socket socket, UpdateMode mode = UpdateMode.Any)
    {
        using HeldSocket held = new(socket);
        Put(in key, held.Fd, mode);
    }

    /// <summary>Puts a socket that the runtime has no class for, such as an AF_XDP socket, under a key.</summary>
    /// <exception cref="BpfException">As for <see cref="Update(in TKey, Socket, UpdateMode)"/>.</exception>
    public void Update(in TKey key, BpfFd socket, UpdateMode mode = UpdateMode.Any)
    {
        ArgumentNullException.ThrowIfNull(socket);
        Put(in key, socket.Value, mode);
        GC.KeepAlive(socket);
    }

    /// <summary>The kernel's cookie of the socket under a key; false when there is none. Needs values of eight bytes.</summary>
    public bool TryGetCookie(in TKey key, out ulong cookie) => TypedView.TryLookup(Map, in key, out cookie);

    /// <summary>Removes the socket under a key; returns whether there was one.</summary>
    public bool Remove(in TKey key)
    {
        // Maps of sockets by index say EINVAL to an index without one.
        Errno errno = Map.Call(BpfCommand.MapDeleteElem, TypedView.BytesOf(in key), default, 0);
        if (errno is not (Errno.None or Errno.ENOENT or Errno.EINVAL))
            throw Failure.Of($"delete from map '{Map.Name}'", BpfCommand.MapDeleteElem, errno);
        return errno is Errno.None;
    }

    private void Put(in TKey key, int fd, UpdateMode mode)
    {
        Span<byte> value = stackalloc byte[sizeof(long)];
        Unsafe.As<byte, int>(ref value[0]) = fd;
        Map.Update(TypedView.BytesOf(in key), value[..Map.ValueSize], mode);
    }
}
