// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using static Ruche.Bpf.Verifier.Prototypes.PrototypeWords;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <content>Where a helper takes other arguments, or follows other rules, in programs of some types.</content>
public static partial class HelperPrototypes
{
    private static HelperPrototype? Variant(ProgramType type, HelperPrototype usual) => usual.Id switch
    {
        HelperId.GetCgroupClassid when !SeesOwnPacket(type) => usual.Takes(),
        HelperId.GetSmpProcessorId when !Traces(type) => usual with { KeepsRegisters = false },
        HelperId.GetSocketCookie when TracesObjects(type) || type == ProgramType.SkReuseport => usual.Takes(OrNull(AnySocket)),
        HelperId.GetStackid when type == ProgramType.PerfEvent => usual with { IsGplOnly = false },
        HelperId.Getsockopt when HoldsSocket(type) => usual.Takes(AnySocket, Any, Any, Out, Size),
        HelperId.Setsockopt when HoldsSocket(type) => usual.Takes(AnySocket, Any, Any, In, Size),
        HelperId.SkAssign when type == ProgramType.SkLookup => usual.Takes(Context, OrNull(FullSocket), Any),
        HelperId.SkLookupTcp or HelperId.SkLookupUdp or HelperId.SkcLookupTcp when type == ProgramType.CgroupSockAddr =>
            usual with { TakesPacketMemory = false },
        HelperId.SkStorageGet when type == ProgramType.CgroupSock => usual.Takes(Map, Context, ValueOrNull, Any),
        HelperId.SkStorageGet when TracesSockets(type) => usual.Takes(Map, OrNull(ObjectOf("sock_common")), ValueOrNull, Any),
        HelperId.SkStorageDelete when TracesSockets(type) => usual.Takes(Map, OrNull(ObjectOf("sock_common"))),
        HelperId.XdpGetBuffLen when TracesObjects(type) => usual.Takes(ObjectOf("xdp_buff")),
        _ => null,
    };

    /// <summary>Whether its packet, and not the running process, has the class that bpf_get_cgroup_classid tells.</summary>
    private static bool SeesOwnPacket(ProgramType type) => type is ProgramType.SchedCls or ProgramType.SchedAct
        or ProgramType.LwtIn or ProgramType.LwtOut or ProgramType.LwtXmit or ProgramType.LwtSeg6Local;

    private static bool Traces(ProgramType type) => TracesObjects(type) || type is ProgramType.Kprobe or ProgramType.Tracepoint or ProgramType.PerfEvent
        or ProgramType.RawTracepoint or ProgramType.RawTracepointWritable;

    /// <summary>Whether it gets objects of the kernel where others have their context.</summary>
    private static bool TracesObjects(ProgramType type) => type is ProgramType.Tracing or ProgramType.Lsm or ProgramType.Syscall;

    /// <summary>As above, without LSM programs: those get sockets the kernel vouches for.</summary>
    private static bool TracesSockets(ProgramType type) => type is ProgramType.Tracing or ProgramType.Syscall;

    private static bool HoldsSocket(ProgramType type) => type is ProgramType.CgroupSockOpt or ProgramType.Lsm or ProgramType.Tracing or ProgramType.StructOps;
}
