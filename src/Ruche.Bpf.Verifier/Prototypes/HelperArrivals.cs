// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Profiles;
using static Ruche.Bpf.Objects.Uapi.HelperId;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <summary>
/// Helpers that were there before programs of a type were offered them, as the kernels of <c>bench/verifier/run kernels</c> have answered:
/// the first release that is known to offer it. One in between may already have.
/// </summary>
internal static class HelperArrivals
{
    private static readonly ProgramType[] Probes =
        [ProgramType.Kprobe, ProgramType.Tracepoint, ProgramType.PerfEvent, ProgramType.RawTracepoint, ProgramType.RawTracepointWritable];

    private static readonly ProgramType[] Cgroups =
        [ProgramType.CgroupDevice, ProgramType.CgroupSock, ProgramType.CgroupSockAddr, ProgramType.CgroupSockOpt, ProgramType.CgroupSysctl];

    private static readonly ProgramType[] Packets =
    [
        ProgramType.SocketFilter, ProgramType.SchedCls, ProgramType.SchedAct, ProgramType.Xdp, ProgramType.CgroupSkb, ProgramType.LwtIn,
        ProgramType.LwtOut, ProgramType.LwtXmit, ProgramType.LwtSeg6Local, ProgramType.SkSkb, ProgramType.SockOps, ProgramType.SkReuseport,
        ProgramType.FlowDissector, ProgramType.SkLookup, ProgramType.Netfilter,
    ];

    private static readonly ProgramType[] PacketsAndMessages = [.. Packets, ProgramType.SkMsg];

    private static readonly Arrival[] Rows =
    [
        new(new(6, 1), [ProgramType.SkReuseport], [GetSocketCookie]),
        new(new(6, 1), [ProgramType.CgroupDevice, ProgramType.CgroupSockOpt, ProgramType.CgroupSysctl], [GetCurrentPidTgid, GetCurrentComm, GetCgroupClassid, GetCurrentAncestorCgroupId]),
        new(new(6, 1), [ProgramType.CgroupSockOpt, ProgramType.SkMsg, ProgramType.SockOps], [GetNetnsCookie]),
        new(new(6, 1), [.. Probes, ProgramType.Tracing, ProgramType.Lsm], [HelperId.SpinLock, SpinUnlock, GetCurrentAncestorCgroupId, Strtol, Strtoul]),
        new(new(6, 1), [.. PacketsAndMessages, .. Cgroups.Where(t => t is not ProgramType.CgroupSysctl)], [Strtol, Strtoul]),
        new(new(6, 1), [ProgramType.Tracing], [Getsockopt, Setsockopt]),
        new(new(6, 12), [ProgramType.RawTracepoint, ProgramType.RawTracepointWritable], [GetAttachCookie]),
        new(new(6, 12), Probes, [CopyFromUser, CopyFromUserTask]),
        new(new(6, 12), Cgroups, [CurrentTaskUnderCgroup]),
        new(new(6, 12), Packets, [GetCurrentPidTgid, GetCurrentCgroupId, GetCurrentAncestorCgroupId]),
        new(new(6, 12), [.. PacketsAndMessages, .. Cgroups], [GetNsCurrentPidTgid]),
        new(new(6, 18), [ProgramType.CgroupSkb, ProgramType.SchedAct, ProgramType.SchedCls, ProgramType.SocketFilter], [GetNetnsCookie]),
        new(new(6, 18), Packets, [GetCurrentUidGid]),
        new(new(6, 18), [.. Probes, ProgramType.Syscall, .. Packets.Where(t => t is not (ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.LwtIn or ProgramType.LwtOut or ProgramType.LwtXmit or ProgramType.LwtSeg6Local))], [GetCgroupClassid]),
        new(new(6, 18), PacketsAndMessages, [GetCurrentComm, CurrentTaskUnderCgroup]),
        new(new(6, 18), [.. PacketsAndMessages, .. Cgroups],
            [PerfEventRead, PerfEventReadValue, SendSignal, SendSignalThread, GetTaskStack, CopyFromUser, CopyFromUserTask, TaskStorageGet, TaskStorageDelete, GetBranchSnapshot, FindVma]),
    ];

    /// <summary>The release; the default one when programs of the type have had the helper for as long as there is one of them.</summary>
    public static KernelRelease Of(ProgramType type, HelperId helper)
    {
        // The later rows win: what was refused again later came later.
        for (int i = Rows.Length - 1; i >= 0; i--)
        {
            if (Array.IndexOf(Rows[i].Types, type) >= 0 && Array.IndexOf(Rows[i].Helpers, helper) >= 0) return Rows[i].Since;
        }

        return default;
    }

    private sealed record Arrival(KernelRelease Since, ProgramType[] Types, HelperId[] Helpers);
}
