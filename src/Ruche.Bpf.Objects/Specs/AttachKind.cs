// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Specs;

/// <summary>The ways a program can be attached. A section name chooses one.</summary>
public enum AttachKind
{
    /// <summary>The section does not say; attach by hand.</summary>
    None,

    /// <summary>A static kernel trace point, with its formatted record as context.</summary>
    Tracepoint,

    /// <summary>A static kernel trace point, with its raw arguments as context.</summary>
    RawTracepoint,

    /// <summary>A static kernel trace point, with typed arguments.</summary>
    BtfTracepoint,

    /// <summary>Entry of a kernel function.</summary>
    Kprobe,

    /// <summary>Return of a kernel function.</summary>
    Kretprobe,

    /// <summary>Entry of many kernel functions.</summary>
    KprobeMulti,

    /// <summary>Return of many kernel functions.</summary>
    KretprobeMulti,

    /// <summary>Entry and return of many kernel functions.</summary>
    KprobeSession,

    /// <summary>Entry of a system call, whatever its symbol is called.</summary>
    Ksyscall,

    /// <summary>Return of a system call, whatever its symbol is called.</summary>
    Kretsyscall,

    /// <summary>Entry of a user-space function.</summary>
    Uprobe,

    /// <summary>Return of a user-space function.</summary>
    Uretprobe,

    /// <summary>Entry of many user-space functions.</summary>
    UprobeMulti,

    /// <summary>Return of many user-space functions.</summary>
    UretprobeMulti,

    /// <summary>Entry and return of many user-space functions.</summary>
    UprobeSession,

    /// <summary>A static user-space trace point.</summary>
    Usdt,

    /// <summary>Entry of a kernel function, typed.</summary>
    Fentry,

    /// <summary>Return of a kernel function, typed.</summary>
    Fexit,

    /// <summary>A kernel function whose return value may be replaced.</summary>
    ModifyReturn,

    /// <summary>Entry and return of a kernel function with shared state.</summary>
    FunctionSession,

    /// <summary>Entry of many kernel functions, typed.</summary>
    FentryMulti,

    /// <summary>Return of many kernel functions, typed.</summary>
    FexitMulti,

    /// <summary>Entry and return of many kernel functions with shared state.</summary>
    FunctionSessionMulti,

    /// <summary>A replacement for a function of a loaded program.</summary>
    Freplace,

    /// <summary>A security hook.</summary>
    Lsm,

    /// <summary>A security hook, for one cgroup.</summary>
    LsmCgroup,

    /// <summary>An iterator over kernel objects.</summary>
    Iterator,

    /// <summary>A sampling or counting event.</summary>
    PerfEvent,

    /// <summary>The earliest point of packet reception.</summary>
    Xdp,

    /// <summary>Packet reception after the network stack has made an skb (tcx, or a clsact classifier).</summary>
    TcIngress,

    /// <summary>Packet transmission (tcx, or a clsact classifier).</summary>
    TcEgress,

    /// <summary>The primary side of a netkit pair.</summary>
    NetkitPrimary,

    /// <summary>The peer side of a netkit pair.</summary>
    NetkitPeer,

    /// <summary>A hook of a cgroup; the attach type says which.</summary>
    Cgroup,

    /// <summary>A hook of a socket map; the attach type says which.</summary>
    SockMap,

    /// <summary>A hook of a network namespace: socket lookup or flow dissection.</summary>
    NetNamespace,

    /// <summary>A netfilter hook.</summary>
    Netfilter,

    /// <summary>A socket option of one socket: a filter, or a choice of a reuseport group.</summary>
    Socket,

    /// <summary>A member of a struct_ops map.</summary>
    StructOps,

    /// <summary>Run on request only.</summary>
    Syscall,
}
