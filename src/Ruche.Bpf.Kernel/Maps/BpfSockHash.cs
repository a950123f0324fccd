// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>A hash table of sockets (<c>BPF_MAP_TYPE_SOCKHASH</c>) that messages are sent between.</summary>
/// <typeparam name="TKey">What entries are found by.</typeparam>
[MapKind(18, ValueSize = 4)]
public readonly unsafe struct BpfSockHash<TKey>
    where TKey : unmanaged
{
    /// <summary>Sends what was received to a socket. Returns what the program is to return.</summary>
    public SkAction Redirect(ref readonly SkBuffContext packet, in TKey key, ulong flags = 0)
    {
        fixed (TKey* at = &key) return (SkAction)Bpf.SkRedirectHash(in packet, this, at, flags);
    }

    /// <summary>Sends the message to a socket. Returns what the program is to return.</summary>
    public SkAction Redirect(ref readonly SkMsgContext message, in TKey key, ulong flags = 0)
    {
        fixed (TKey* at = &key) return (SkAction)Bpf.MsgRedirectHash(in message, this, at, flags);
    }

    /// <summary>Puts the connection's socket into the map. Returns 0, or a negative error.</summary>
    public long Update(ref readonly SockOpsContext connection, in TKey key, UpdateMode mode = UpdateMode.Any)
    {
        fixed (TKey* at = &key) return Bpf.SockHashUpdate(in connection, this, at, (ulong)mode);
    }

    /// <summary>A socket; a null reference when there is none. Must be released, see <see cref="Bpf.SkRelease{TSock}"/> (5.8).</summary>
    public ref SockContext Lookup(in TKey key)
    {
        fixed (TKey* at = &key) return ref *Bpf.MapLookupSocket(this, at);
    }

    /// <summary>Takes a socket out. Returns 0, or ENOENT, negative, when there is none.</summary>
    public long Delete(in TKey key)
    {
        fixed (TKey* at = &key) return Bpf.MapDeleteElem(this, at);
    }
}
