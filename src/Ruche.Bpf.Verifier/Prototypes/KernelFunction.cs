// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>What the kernel's verifier knows about a kfunc besides its prototype, which stands in the kernel's BTF. All kfuncs ask for a
/// GPL-compatible licence.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Since">The first release that has it under this name.</param>
/// <param name="Flags">What the kernel says about it.</param>
public sealed record KernelFunction(string Name, KernelRelease Since, KernelFunctionFlags Flags)
{
    /// <summary>The kinds of program it is registered for.</summary>
    public KernelFunctionHooks Hooks { get; init; }

    /// <summary>Which of those programs may call it.</summary>
    public KernelFunctionLimit Limit { get; init; }

    /// <summary>Whether its arguments must be trusted: because it says so, or because it releases one.</summary>
    public bool WantsTrustedArguments => (Flags & (KernelFunctionFlags.TrustedArguments | KernelFunctionFlags.Release)) != 0;

    /// <summary>Whether programs of a type may call it when they are loaded for an attachment. The limits that look at more than this, at the
    /// structure implemented or the device bound to, are not counted.</summary>
    public bool IsOpenTo(ProgramType type, AttachType attachment) => (Hooks & (KernelFunctionHooks.Common | HookOf(type))) != 0 && Limit switch
    {
        KernelFunctionLimit.Lsm => type == ProgramType.Lsm,
        KernelFunctionLimit.Iterators => attachment == AttachType.TraceIter,
        KernelFunctionLimit.Sessions => attachment is AttachType.TraceKprobeSession or AttachType.TraceUprobeSession,
        _ => true,
    };

    private static KernelFunctionHooks HookOf(ProgramType type) => type switch
    {
        ProgramType.Xdp => KernelFunctionHooks.Xdp,
        ProgramType.SchedCls => KernelFunctionHooks.TrafficControl,
        ProgramType.StructOps => KernelFunctionHooks.StructOps,
        ProgramType.Tracing or ProgramType.Tracepoint or ProgramType.PerfEvent or ProgramType.Lsm => KernelFunctionHooks.Tracing,
        ProgramType.Syscall => KernelFunctionHooks.Syscall,
        ProgramType.CgroupSkb or ProgramType.CgroupSock or ProgramType.CgroupDevice or ProgramType.CgroupSockAddr
            or ProgramType.CgroupSockOpt or ProgramType.CgroupSysctl or ProgramType.SockOps => KernelFunctionHooks.Cgroup,
        ProgramType.SchedAct => KernelFunctionHooks.SchedAct,
        ProgramType.SkSkb => KernelFunctionHooks.SkSkb,
        ProgramType.SocketFilter => KernelFunctionHooks.SocketFilter,
        ProgramType.LwtIn or ProgramType.LwtOut or ProgramType.LwtXmit or ProgramType.LwtSeg6Local => KernelFunctionHooks.Tunnel,
        ProgramType.Netfilter => KernelFunctionHooks.Netfilter,
        ProgramType.Kprobe => KernelFunctionHooks.Kprobe,
        _ => KernelFunctionHooks.None,
    };
}
