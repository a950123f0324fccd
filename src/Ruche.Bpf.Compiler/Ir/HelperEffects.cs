// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler.Ir;

/// <summary>What helpers do beside answering.</summary>
internal static class HelperEffects
{
    /// <summary>Whether a call whose answer nobody needs can be left out.</summary>
    public static bool OnlyAnswers(HelperId helper) => AnswersTheSame(helper) || helper is
        HelperId.KtimeGetNs or HelperId.KtimeGetBootNs or HelperId.KtimeGetCoarseNs or HelperId.KtimeGetTaiNs or HelperId.Jiffies64
        or HelperId.GetPrandomU32 or HelperId.MapLookupElem or HelperId.MapLookupPercpuElem;

    /// <summary>Whether every call in one run of a program answers the same: a program neither sleeps between two lines nor changes its CPU.</summary>
    public static bool AnswersTheSame(HelperId helper) => helper is
        HelperId.GetCurrentPidTgid or HelperId.GetCurrentUidGid or HelperId.GetCurrentTask or HelperId.GetCurrentTaskBtf
        or HelperId.GetCurrentCgroupId or HelperId.GetSmpProcessorId or HelperId.GetNumaNodeId or HelperId.GetFuncIp or HelperId.GetAttachCookie;

    /// <summary>Whether a call takes a lock or a reference, gives one back, or does not come back itself: it stays where it is.</summary>
    public static bool TakesOrGivesBack(HelperId helper) => helper is
        HelperId.SpinLock or HelperId.SpinUnlock or HelperId.KptrXchg or HelperId.TailCall
        or HelperId.RingbufReserve or HelperId.RingbufSubmit or HelperId.RingbufDiscard
        or HelperId.RingbufReserveDynptr or HelperId.RingbufSubmitDynptr or HelperId.RingbufDiscardDynptr
        or HelperId.SkLookupTcp or HelperId.SkLookupUdp or HelperId.SkcLookupTcp or HelperId.SkRelease;
}
