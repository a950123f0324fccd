// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>The kinds of program that sets of kfuncs are registered for.</summary>
[Flags]
public enum KernelFunctionHooks : ushort
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Programs of any type.</summary>
    Common = 1 << 0,

    /// <summary>XDP.</summary>
    Xdp = 1 << 1,

    /// <summary>Classifiers of traffic control.</summary>
    TrafficControl = 1 << 2,

    /// <summary>Implementations of a kernel structure.</summary>
    StructOps = 1 << 3,

    /// <summary>Tracing: by BTF, of tracepoints, of performance events, and LSM.</summary>
    Tracing = 1 << 4,

    /// <summary>Programs that user space runs to make system calls.</summary>
    Syscall = 1 << 5,

    /// <summary>Not called: the result of the function may be changed by programs attached to it.</summary>
    ModifyReturn = 1 << 6,

    /// <summary>Programs of control groups.</summary>
    Cgroup = 1 << 7,

    /// <summary>Actions of traffic control.</summary>
    SchedAct = 1 << 8,

    /// <summary>Programs of socket maps that see packets.</summary>
    SkSkb = 1 << 9,

    /// <summary>Socket filters.</summary>
    SocketFilter = 1 << 10,

    /// <summary>Lightweight tunnels.</summary>
    Tunnel = 1 << 11,

    /// <summary>Netfilter.</summary>
    Netfilter = 1 << 12,

    /// <summary>Probes.</summary>
    Kprobe = 1 << 13,
}
