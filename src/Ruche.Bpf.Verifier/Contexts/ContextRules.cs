// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>
/// Which bytes of its context a program may read and write, and what a read gives. A program is taken to have CAP_BPF. Programs whose
/// context is the arguments of a function (tracing, LSM, struct_ops, extensions) have no table and are not asked about here.
/// </summary>
public static class ContextRules
{
    /// <summary>Decides about one access.</summary>
    /// <exception cref="UnreachableException">The context of such programs is the arguments of a function.</exception>
    public static ContextAnswer Check(in ContextRequest request) => TableOf(request.Type).Check(WithUsualHook(request));

    /// <summary>Whether programs of a type have a context that is decided about here.</summary>
    public static bool Covers(ProgramType type) =>
        type is not (ProgramType.Unspec or ProgramType.Tracing or ProgramType.StructOps or ProgramType.Ext or ProgramType.Lsm)
        && type <= ProgramType.Netfilter;

    /// <summary>The table of a type.</summary>
    internal static ContextTable TableOf(ProgramType type) => type switch
    {
        ProgramType.SocketFilter or ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.CgroupSkb
            or ProgramType.LwtIn or ProgramType.LwtOut or ProgramType.LwtXmit or ProgramType.LwtSeg6Local
            or ProgramType.SkSkb or ProgramType.FlowDissector => SkBuffFields.Table,
        ProgramType.Xdp => XdpFields.Table,
        ProgramType.CgroupSock => SocketFields.Context,
        ProgramType.CgroupSockAddr => SocketAddressFields.Table,
        ProgramType.SockOps => SocketOperationFields.Table,
        ProgramType.SkMsg => SocketMessageFields.Table,
        ProgramType.SkReuseport => SocketChoiceFields.Reuseport,
        ProgramType.SkLookup => SocketChoiceFields.Lookup,
        ProgramType.CgroupSysctl => CgroupFields.Sysctl,
        ProgramType.CgroupSockOpt => CgroupFields.SocketOption,
        ProgramType.CgroupDevice => CgroupFields.Device,
        ProgramType.Kprobe => TracingFields.Probe,
        ProgramType.PerfEvent => TracingFields.PerfEvent,
        ProgramType.Tracepoint => TracingFields.Tracepoint,
        ProgramType.RawTracepoint => TracingFields.RawTracepoint,
        ProgramType.RawTracepointWritable => TracingFields.WritableRawTracepoint,
        ProgramType.Netfilter => NetfilterFields.Table,
        ProgramType.Syscall => PlainFields.Syscall,
        ProgramType.LircMode2 => PlainFields.Lirc,
        _ => throw new UnreachableException($"{type} programs get the arguments of a function"),
    };

    /// <summary>Cgroup sock programs that do not say what they are attached to are about creation, says the kernel.</summary>
    private static ContextRequest WithUsualHook(in ContextRequest request) =>
        request is { Type: ProgramType.CgroupSock, Attach: null } ? request with { Attach = AttachType.CgroupInetSockCreate } : request;
}
