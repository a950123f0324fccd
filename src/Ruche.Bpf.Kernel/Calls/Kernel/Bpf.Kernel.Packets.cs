// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel.Lowering;

namespace Ruche.Bpf.Kernel;

/// <content>Packets: what devices know of them, and their connections.</content>
public static unsafe partial class Bpf
{
    /// <summary>When the device has received the packet. In programs bound to a device. Since 6.3.</summary>
    [Kfunc("bpf_xdp_metadata_rx_timestamp")]
    public static int XdpMetadataRxTimestamp(ref readonly XdpContext packet, out ulong timestamp) => throw KernelOnly.Call;

    /// <summary>The hash that the device has found. In programs bound to a device. Since 6.3.</summary>
    [Kfunc("bpf_xdp_metadata_rx_hash")]
    public static int XdpMetadataRxHash(ref readonly XdpContext packet, out uint hash, out RssHashType type) => throw KernelOnly.Call;

    /// <summary>The VLAN tag that the device has taken off; the protocol is in network order. In programs bound to a device. Since 6.8.</summary>
    [Kfunc("bpf_xdp_metadata_rx_vlan_tag")]
    public static int XdpMetadataRxVlanTag(ref readonly XdpContext packet, out ushort protocol, out ushort tag) => throw KernelOnly.Call;

    /// <summary>Brings bytes of the packet together, so that they can be read in place. Read the packet anew afterwards. Since 6.18.</summary>
    [Kfunc("bpf_xdp_pull_data")]
    public static int XdpPullData(ref readonly XdpContext packet, uint length) => throw KernelOnly.Call;

    /// <summary>A security association; a null reference when there is none. Must be released. Since 6.8.</summary>
    [Kfunc("bpf_xdp_get_xfrm_state")]
    public static ref TState XdpGetXfrmState<TOptions, TState>(ref readonly XdpContext packet, ref readonly TOptions options, uint size)
        where TOptions : unmanaged
        where TState : unmanaged => throw KernelOnly.Call;

    /// <summary>Gives a security association back. Since 6.8.</summary>
    [Kfunc("bpf_xdp_xfrm_state_release")]
    public static void XdpXfrmStateRelease<TState>(ref readonly TState state)
        where TState : unmanaged => throw KernelOnly.Call;

    /// <summary>A tracked connection; a null reference when there is none. Must be released. Since 5.18.</summary>
    [Kfunc("bpf_xdp_ct_lookup")]
    public static ref TConnection XdpCtLookup<TTuple, TConnection>(
        ref readonly XdpContext packet, ref readonly TTuple tuple, uint tupleSize, ref ConnectionOptions options, uint optionsSize)
        where TTuple : unmanaged
        where TConnection : unmanaged => throw KernelOnly.Call;

    /// <summary>
    /// A connection to be tracked (<c>struct nf_conn___init</c>); a null reference when it cannot be. Must be inserted or released. Since 6.0.
    /// </summary>
    [Kfunc("bpf_xdp_ct_alloc")]
    public static ref TNew XdpCtAlloc<TTuple, TNew>(
        ref readonly XdpContext packet, ref readonly TTuple tuple, uint tupleSize, ref ConnectionOptions options, uint optionsSize)
        where TTuple : unmanaged
        where TNew : unmanaged => throw KernelOnly.Call;

    /// <summary>A tracked connection; a null reference when there is none. Must be released. Since 5.18.</summary>
    [Kfunc("bpf_skb_ct_lookup")]
    public static ref TConnection SkbCtLookup<TTuple, TConnection>(
        ref readonly SkBuffContext packet, ref readonly TTuple tuple, uint tupleSize, ref ConnectionOptions options, uint optionsSize)
        where TTuple : unmanaged
        where TConnection : unmanaged => throw KernelOnly.Call;

    /// <summary>
    /// A connection to be tracked (<c>struct nf_conn___init</c>); a null reference when it cannot be. Must be inserted or released. Since 6.0.
    /// </summary>
    [Kfunc("bpf_skb_ct_alloc")]
    public static ref TNew SkbCtAlloc<TTuple, TNew>(
        ref readonly SkBuffContext packet, ref readonly TTuple tuple, uint tupleSize, ref ConnectionOptions options, uint optionsSize)
        where TTuple : unmanaged
        where TNew : unmanaged => throw KernelOnly.Call;

    /// <summary>Begins to track a connection. Must be released. Since 6.0.</summary>
    [Kfunc("bpf_ct_insert_entry")]
    public static ref TConnection CtInsertEntry<TNew, TConnection>(ref readonly TNew connection)
        where TNew : unmanaged
        where TConnection : unmanaged => throw KernelOnly.Call;

    /// <summary>Gives a connection back. Since 5.18.</summary>
    [Kfunc("bpf_ct_release")]
    public static void CtRelease<TConnection>(ref readonly TConnection connection)
        where TConnection : unmanaged => throw KernelOnly.Call;

    /// <summary>How long a new connection is tracked. Since 6.0.</summary>
    [Kfunc("bpf_ct_set_timeout")]
    public static void CtSetTimeout<TNew>(ref readonly TNew connection, uint milliseconds)
        where TNew : unmanaged => throw KernelOnly.Call;

    /// <summary>How much longer a connection is tracked. Since 6.0.</summary>
    [Kfunc("bpf_ct_change_timeout")]
    public static int CtChangeTimeout<TConnection>(ref readonly TConnection connection, uint milliseconds)
        where TConnection : unmanaged => throw KernelOnly.Call;

    /// <summary>The status of a new connection. Since 6.0.</summary>
    [Kfunc("bpf_ct_set_status")]
    public static int CtSetStatus<TNew>(ref readonly TNew connection, uint status)
        where TNew : unmanaged => throw KernelOnly.Call;

    /// <summary>Changes the status of a connection. Since 6.0.</summary>
    [Kfunc("bpf_ct_change_status")]
    public static int CtChangeStatus<TConnection>(ref readonly TConnection connection, uint status)
        where TConnection : unmanaged => throw KernelOnly.Call;

    /// <summary>Closes a socket, in iterators of sockets. Since 6.5.</summary>
    [Kfunc("bpf_sock_destroy")]
    public static int SockDestroy<TSock>(ref readonly TSock socket)
        where TSock : unmanaged => throw KernelOnly.Call;

    /// <summary>Has a listening socket take a connection that a SYN cookie of the program's own has proven. Since 6.9.</summary>
    [Kfunc("bpf_sk_assign_tcp_reqsk")]
    public static int SkAssignTcpReqsk<TSock, TAttributes>(
        ref readonly SkBuffContext packet, ref readonly TSock socket, ref readonly TAttributes attributes, int size)
        where TSock : unmanaged
        where TAttributes : unmanaged => throw KernelOnly.Call;

    /// <summary>Changes the path of a Unix socket's address; the context is what <see cref="CastToKernCtx"/> gives. Since 6.7.</summary>
    [Kfunc("bpf_sock_addr_set_sun_path")]
    public static int SockAddrSetSunPath<TContext>(ref readonly TContext context, byte* path, uint size)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>Has the program called when the packet leaves; the context is what <see cref="CastToKernCtx"/> gives. Since 6.15.</summary>
    [Kfunc("bpf_sock_ops_enable_tx_tstamp")]
    public static int SockOpsEnableTxTstamp<TContext>(ref readonly TContext context, ulong flags)
        where TContext : unmanaged => throw KernelOnly.Call;

    /// <summary>By which IPsec interface the packet came. Since 6.2.</summary>
    [Kfunc("bpf_skb_get_xfrm_info")]
    public static int SkbGetXfrmInfo<TInfo>(ref readonly SkBuffContext packet, out TInfo info)
        where TInfo : unmanaged => throw KernelOnly.Call;

    /// <summary>By which IPsec interface the packet leaves. Since 6.2.</summary>
    [Kfunc("bpf_skb_set_xfrm_info")]
    public static int SkbSetXfrmInfo<TInfo>(ref readonly SkBuffContext packet, ref readonly TInfo info)
        where TInfo : unmanaged => throw KernelOnly.Call;
}
