// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <content>Which capabilities the helpers take.</content>
public static partial class HelperRestrictions
{
    private static readonly HelperId[] WithBpf =
    [
        HelperId.SpinLock, HelperId.SpinUnlock, HelperId.Jiffies64, HelperId.PerCpuPtr, HelperId.ThisCpuPtr, HelperId.TimerInit,
        HelperId.TimerSetCallback, HelperId.TimerStart, HelperId.TimerCancel, HelperId.KptrXchg, HelperId.ForEachMapElem, HelperId.Loop,
        HelperId.UserRingbufDrain, HelperId.RingbufReserveDynptr, HelperId.RingbufSubmitDynptr, HelperId.RingbufDiscardDynptr,
        HelperId.DynptrFromMem, HelperId.DynptrRead, HelperId.DynptrWrite, HelperId.DynptrData, HelperId.CgrpStorageGet,
        HelperId.CgrpStorageDelete, HelperId.GetCurrentCgroupId, HelperId.GetCurrentAncestorCgroupId, HelperId.CurrentTaskUnderCgroup,
        HelperId.GetCgroupClassid, HelperId.TaskStorageGet, HelperId.TaskStorageDelete,
    ];

    private static readonly HelperId[] WithPerfmon =
    [
        HelperId.TracePrintk, HelperId.GetCurrentTask, HelperId.GetCurrentTaskBtf, HelperId.GetCurrentComm, HelperId.ProbeReadUser,
        HelperId.ProbeReadKernel, HelperId.ProbeReadUserStr, HelperId.ProbeReadKernelStr, HelperId.CopyFromUser, HelperId.CopyFromUserTask,
        HelperId.SnprintfBtf, HelperId.Snprintf, HelperId.TaskPtRegs, HelperId.TraceVprintk, HelperId.PerfEventReadValue, HelperId.PerfEventRead,
        HelperId.SendSignal, HelperId.SendSignalThread, HelperId.GetTaskStack, HelperId.GetBranchSnapshot, HelperId.FindVma,
        HelperId.SkcToTcp6Sock, HelperId.SkcToTcpSock, HelperId.SkcToTcpTimewaitSock, HelperId.SkcToTcpRequestSock, HelperId.SkcToUdp6Sock,
        HelperId.SkcToUnixSock, HelperId.SkcToMptcpSock, HelperId.SysBpf,
    ];

    /// <summary>What the loader must be capable of.</summary>
    public static HelperCapability CapabilityFor(HelperId helper) =>
        helper is HelperId.ProbeWriteUser ? HelperCapability.SysAdmin
        : Array.IndexOf(WithBpf, helper) >= 0 ? HelperCapability.Bpf
        : Array.IndexOf(WithPerfmon, helper) >= 0 ? HelperCapability.Perfmon
        : default;
}
