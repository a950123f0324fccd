// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <summary>An array of sockets (<c>BPF_MAP_TYPE_SOCKMAP</c>) that messages are sent between.</summary>
[MapKind(15, KeySize = 4, ValueSize = 4)]
public readonly unsafe struct BpfSockMap
{
    /// <summary>Sends what was received to a socket. Returns what the program is to return.</summary>
    public SkAction Redirect(ref readonly SkBuffContext packet, uint index, ulong flags = 0) => (SkAction)Bpf.SkRedirectMap(in packet, this, index, flags);

    /// <summary>Sends the message to a socket. Returns what the program is to return.</summary>
    public SkAction Redirect(ref readonly SkMsgContext message, uint index, ulong flags = 0) => (SkAction)Bpf.MsgRedirectMap(in message, this, index, flags);

    /// <summary>Puts the connection's socket into the map. Returns 0, or a negative error.</summary>
    public long Update(ref readonly SockOpsContext connection, uint index, UpdateMode mode = UpdateMode.Any) =>
        Bpf.SockMapUpdate(in connection, this, &index, (ulong)mode);

    /// <summary>A socket; a null reference when there is none. Must be released, see <see cref="Bpf.SkRelease{TSock}"/> (5.8).</summary>
    public ref SockContext Lookup(uint index) => ref *Bpf.MapLookupSocket(this, &index);

    /// <summary>Takes a socket out. Returns 0, or a negative error.</summary>
    public long Delete(uint index) => Bpf.MapDeleteElem(this, &index);
}
