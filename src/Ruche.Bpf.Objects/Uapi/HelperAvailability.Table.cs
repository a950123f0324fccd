// SPDX-License-Identifier: MIT
using static Ruche.Bpf.Objects.Uapi.HelperId;

namespace Ruche.Bpf.Objects.Uapi;

/// <content>The tables, in the order of the numbers. The tests hold them against the kernel.</content>
public static partial class HelperAvailability
{
    private static readonly HelperId[] All =
    [
        MapLookupElem, MapUpdateElem, MapDeleteElem, KtimeGetNs, TracePrintk, GetPrandomU32, GetSmpProcessorId, TailCall,
        GetCurrentPidTgid, GetCurrentUidGid, GetCurrentComm, GetCgroupClassid, PerfEventRead, GetCurrentTask,
        CurrentTaskUnderCgroup, GetNumaNodeId, PerfEventReadValue, GetCurrentCgroupId, MapPushElem, MapPopElem, MapPeekElem,
        HelperId.SpinLock, SpinUnlock, Strtol, Strtoul, SendSignal, ProbeReadUser, ProbeReadKernel, ProbeReadUserStr, ProbeReadKernelStr,
        SendSignalThread, Jiffies64, GetNsCurrentPidTgid, GetCurrentAncestorCgroupId, KtimeGetBootNs, RingbufOutput,
        RingbufReserve, RingbufSubmit, RingbufDiscard, RingbufQuery, GetTaskStack, CopyFromUser, SnprintfBtf, PerCpuPtr,
        ThisCpuPtr, TaskStorageGet, TaskStorageDelete, GetCurrentTaskBtf, ForEachMapElem, Snprintf, TimerInit, TimerSetCallback,
        TimerStart, TimerCancel, TaskPtRegs, GetBranchSnapshot, TraceVprintk, FindVma, Loop, Strncmp, CopyFromUserTask, KptrXchg,
        MapLookupPercpuElem, DynptrFromMem, RingbufReserveDynptr, RingbufSubmitDynptr, RingbufDiscardDynptr, DynptrRead,
        DynptrWrite, DynptrData, KtimeGetTaiNs, UserRingbufDrain, CgrpStorageGet, CgrpStorageDelete,
    ];

    private static readonly HelperId[] Traces =
    [
        ProbeRead, PerfEventOutput, GetStackid, ProbeReadStr, GetStack, GetFuncIp, GetAttachCookie,
    ];

    private static readonly HelperId[] Actions =
    [
        SkbStoreBytes, L3CsumReplace, L4CsumReplace, CloneRedirect, SkbVlanPush, SkbVlanPop, SkbGetTunnelKey, SkbSetTunnelKey,
        Redirect, GetRouteRealm, PerfEventOutput, SkbLoadBytes, CsumDiff, SkbGetTunnelOpt, SkbSetTunnelOpt, SkbChangeProto,
        SkbChangeType, SkbUnderCgroup, GetHashRecalc, SkbChangeTail, SkbPullData, CsumUpdate, SetHashInvalid, SkbChangeHead,
        GetSocketCookie, GetSocketUid, SetHash, SkbAdjustRoom, SkbGetXfrmState, SkbLoadBytesRelative, FibLookup, SkbCgroupId,
        SkbAncestorCgroupId, SkLookupTcp, SkLookupUdp, SkRelease, SkFullsock, TcpSock, SkbEcnSetCe, GetListenerSock, SkcLookupTcp,
        TcpCheckSyncookie, SkStorageGet, SkStorageDelete, TcpGenSyncookie, GetNetnsCookie, SkAssign, CsumLevel, SkcToTcp6Sock,
        SkcToTcpSock, SkcToTcpTimewaitSock, SkcToTcpRequestSock, SkcToUdp6Sock, SkbCgroupClassid, RedirectNeigh, RedirectPeer,
        KtimeGetCoarseNs, CheckMtu, SkcToUnixSock, SkbSetTstamp, SkcToMptcpSock, TcpRawGenSyncookieIpv4, TcpRawGenSyncookieIpv6,
        TcpRawCheckSyncookieIpv4, TcpRawCheckSyncookieIpv6,
    ];

    // Beside those that all may call.
    private static readonly Dictionary<ProgramType, HelperId[]> Others = new()
    {
        [ProgramType.Kprobe] = Traces,
        [ProgramType.Tracepoint] = Traces,
        [ProgramType.RawTracepoint] = Traces,
        [ProgramType.RawTracepointWritable] = Traces,
        [ProgramType.SchedCls] = Actions,
        [ProgramType.SchedAct] = Actions,
        [ProgramType.PerfEvent] = [.. Traces, PerfProgReadValue, ReadBranchRecords],
        [ProgramType.SocketFilter] =
        [
            PerfEventOutput, SkbLoadBytes, GetSocketCookie, GetSocketUid, SkbLoadBytesRelative, GetNetnsCookie, SkcToTcp6Sock,
            SkcToTcpSock, SkcToTcpTimewaitSock, SkcToTcpRequestSock, SkcToUdp6Sock, KtimeGetCoarseNs, SkcToUnixSock,
            SkcToMptcpSock,
        ],
        [ProgramType.Xdp] =
        [
            Redirect, PerfEventOutput, CsumDiff, XdpAdjustHead, RedirectMap, XdpAdjustMeta, XdpAdjustTail, FibLookup,
            SkLookupTcp, SkLookupUdp, SkRelease, SkcLookupTcp, TcpCheckSyncookie, TcpGenSyncookie, SkcToTcp6Sock,
            SkcToTcpSock, SkcToTcpTimewaitSock, SkcToTcpRequestSock, SkcToUdp6Sock, KtimeGetCoarseNs, CheckMtu, SkcToUnixSock,
            XdpGetBuffLen, XdpLoadBytes, XdpStoreBytes, SkcToMptcpSock, TcpRawGenSyncookieIpv4, TcpRawGenSyncookieIpv6,
            TcpRawCheckSyncookieIpv4, TcpRawCheckSyncookieIpv6,
        ],
        [ProgramType.CgroupSkb] =
        [
            PerfEventOutput, SkbLoadBytes, GetSocketCookie, GetSocketUid, SkbLoadBytesRelative, SkbCgroupId, GetLocalStorage,
            SkbAncestorCgroupId, SkLookupTcp, SkLookupUdp, SkRelease, SkFullsock, TcpSock, SkbEcnSetCe, GetListenerSock,
            SkcLookupTcp, SkStorageGet, SkStorageDelete, GetNetnsCookie, SkCgroupId, SkAncestorCgroupId, SkcToTcp6Sock,
            SkcToTcpSock, SkcToTcpTimewaitSock, SkcToTcpRequestSock, SkcToUdp6Sock, KtimeGetCoarseNs, SkcToUnixSock,
            SkcToMptcpSock,
        ],
        [ProgramType.CgroupSock] =
        [
            PerfEventOutput, GetSocketCookie, GetLocalStorage, SkStorageGet, GetNetnsCookie, KtimeGetCoarseNs, GetRetval,
            SetRetval,
        ],
        [ProgramType.LwtIn] =
        [
            GetRouteRealm, PerfEventOutput, SkbLoadBytes, CsumDiff, SkbUnderCgroup, GetHashRecalc, SkbPullData, LwtPushEncap,
            SkcToTcp6Sock, SkcToTcpSock, SkcToTcpTimewaitSock, SkcToTcpRequestSock, SkcToUdp6Sock, KtimeGetCoarseNs,
            SkcToUnixSock, SkcToMptcpSock,
        ],
        [ProgramType.LwtOut] =
        [
            GetRouteRealm, PerfEventOutput, SkbLoadBytes, CsumDiff, SkbUnderCgroup, GetHashRecalc, SkbPullData, SkcToTcp6Sock,
            SkcToTcpSock, SkcToTcpTimewaitSock, SkcToTcpRequestSock, SkcToUdp6Sock, KtimeGetCoarseNs, SkcToUnixSock,
            SkcToMptcpSock,
        ],
        [ProgramType.LwtXmit] =
        [
            SkbStoreBytes, L3CsumReplace, L4CsumReplace, CloneRedirect, SkbGetTunnelKey, SkbSetTunnelKey, Redirect,
            GetRouteRealm, PerfEventOutput, SkbLoadBytes, CsumDiff, SkbGetTunnelOpt, SkbSetTunnelOpt, SkbUnderCgroup,
            GetHashRecalc, SkbChangeTail, SkbPullData, CsumUpdate, SetHashInvalid, SkbChangeHead, LwtPushEncap, CsumLevel,
            SkcToTcp6Sock, SkcToTcpSock, SkcToTcpTimewaitSock, SkcToTcpRequestSock, SkcToUdp6Sock, KtimeGetCoarseNs,
            SkcToUnixSock, SkcToMptcpSock,
        ],
        [ProgramType.SockOps] =
        [
            PerfEventOutput, GetSocketCookie, Setsockopt, SockMapUpdate, Getsockopt, SockOpsCbFlagsSet, SockHashUpdate,
            GetLocalStorage, TcpSock, SkStorageGet, SkStorageDelete, GetNetnsCookie, SkcToTcp6Sock, SkcToTcpSock,
            SkcToTcpTimewaitSock, SkcToTcpRequestSock, SkcToUdp6Sock, LoadHdrOpt, StoreHdrOpt, ReserveHdrOpt,
            KtimeGetCoarseNs, SkcToUnixSock, SkcToMptcpSock,
        ],
        [ProgramType.SkSkb] =
        [
            SkbStoreBytes, PerfEventOutput, SkbLoadBytes, SkbChangeTail, SkbPullData, SkbChangeHead, GetSocketCookie,
            GetSocketUid, SkbAdjustRoom, SkRedirectMap, SkRedirectHash, SkLookupTcp, SkLookupUdp, SkRelease, SkcLookupTcp,
            SkcToTcp6Sock, SkcToTcpSock, SkcToTcpTimewaitSock, SkcToTcpRequestSock, SkcToUdp6Sock, KtimeGetCoarseNs,
            SkcToUnixSock, SkcToMptcpSock,
        ],
        [ProgramType.CgroupDevice] = [PerfEventOutput, GetLocalStorage],
        [ProgramType.SkMsg] =
        [
            PerfEventOutput, MsgRedirectMap, MsgApplyBytes, MsgCorkBytes, MsgPullData, MsgRedirectHash, MsgPushData,
            MsgPopData, SkStorageGet, SkStorageDelete, GetNetnsCookie, SkcToTcp6Sock, SkcToTcpSock, SkcToTcpTimewaitSock,
            SkcToTcpRequestSock, SkcToUdp6Sock, KtimeGetCoarseNs, SkcToUnixSock, SkcToMptcpSock,
        ],
        [ProgramType.CgroupSockAddr] =
        [
            PerfEventOutput, GetSocketCookie, Setsockopt, Getsockopt, Bind, GetLocalStorage, SkLookupTcp, SkLookupUdp,
            SkRelease, SkcLookupTcp, SkStorageGet, SkStorageDelete, GetNetnsCookie, SkcToTcp6Sock, SkcToTcpSock,
            SkcToTcpTimewaitSock, SkcToTcpRequestSock, SkcToUdp6Sock, KtimeGetCoarseNs, SkcToUnixSock, GetRetval, SetRetval,
            SkcToMptcpSock,
        ],
        [ProgramType.LwtSeg6Local] =
        [
            GetRouteRealm, PerfEventOutput, SkbLoadBytes, CsumDiff, SkbUnderCgroup, GetHashRecalc, SkbPullData,
            LwtSeg6StoreBytes, LwtSeg6AdjustSrh, LwtSeg6Action, SkcToTcp6Sock, SkcToTcpSock, SkcToTcpTimewaitSock,
            SkcToTcpRequestSock, SkcToUdp6Sock, KtimeGetCoarseNs, SkcToUnixSock, SkcToMptcpSock,
        ],
        [ProgramType.SkReuseport] = [SkbLoadBytes, GetSocketCookie, SkbLoadBytesRelative, SkSelectReuseport, KtimeGetCoarseNs],
        [ProgramType.FlowDissector] =
        [
            SkbLoadBytes, SkcToTcp6Sock, SkcToTcpSock, SkcToTcpTimewaitSock, SkcToTcpRequestSock, SkcToUdp6Sock,
            KtimeGetCoarseNs, SkcToUnixSock, SkcToMptcpSock,
        ],
        [ProgramType.CgroupSysctl] =
        [
            PerfEventOutput, GetLocalStorage, SysctlGetName, SysctlGetCurrentValue, SysctlGetNewValue, SysctlSetNewValue,
            KtimeGetCoarseNs, GetRetval, SetRetval,
        ],
        [ProgramType.CgroupSockOpt] =
        [
            PerfEventOutput, GetLocalStorage, TcpSock, SkStorageGet, SkStorageDelete, GetNetnsCookie, GetRetval, SetRetval,
        ],
        [ProgramType.SkLookup] =
        [
            PerfEventOutput, SkRelease, SkAssign, SkcToTcp6Sock, SkcToTcpSock, SkcToTcpTimewaitSock, SkcToTcpRequestSock,
            SkcToUdp6Sock, KtimeGetCoarseNs, SkcToUnixSock, SkcToMptcpSock,
        ],
        [ProgramType.Syscall] =
        [
            ProbeRead, PerfEventOutput, GetStackid, ProbeReadStr, GetSocketCookie, GetStack, SkStorageGet, SkStorageDelete,
            SkbOutput, XdpOutput, SkcToTcp6Sock, SkcToTcpSock, SkcToTcpTimewaitSock, SkcToTcpRequestSock, SkcToUdp6Sock,
            DPath, SockFromFile, SysBpf, BtfFindByNameKind, SysClose, GetFuncIp, SkcToUnixSock, KallsymsLookupName,
            XdpGetBuffLen, SkcToMptcpSock,
        ],
        [ProgramType.Netfilter] = [],
    };
}
