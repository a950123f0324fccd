// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using static Ruche.Bpf.Verifier.Prototypes.PrototypeWords;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <content>The time, the processor, the process, text, control, and the system call.</content>
public static partial class HelperPrototypes
{
    private static HelperPrototype[] Basics() =>
    [
        Of(HelperId.KtimeGetNs, 4, 1),
        Of(HelperId.KtimeGetBootNs, 5, 8),
        Of(HelperId.KtimeGetCoarseNs, 5, 11),
        Of(HelperId.KtimeGetTaiNs, 6, 1),
        Of(HelperId.Jiffies64, 5, 6),
        Of(HelperId.GetPrandomU32, 4, 1),
        Of(HelperId.GetSmpProcessorId, 4, 1).KeepingRegisters(),
        Of(HelperId.GetNumaNodeId, 4, 10),
        Of(HelperId.GetCurrentPidTgid, 4, 2),
        Of(HelperId.GetCurrentUidGid, 4, 2),
        Of(HelperId.GetCurrentComm, 4, 2).Takes(Out, Size),
        Of(HelperId.GetNsCurrentPidTgid, 5, 7).Takes(Any, Any, Out, Size),
        Of(HelperId.TracePrintk, 4, 1).Takes(In, Size).GplOnly(),
        Of(HelperId.TraceVprintk, 5, 16).Takes(In, Size, InOrNull, SizeOrZero).GplOnly(),
        Of(HelperId.Snprintf, 5, 13).Takes(InOutOrNull, SizeOrZero, Text, InOrNull, SizeOrZero).GplOnly(),
        Of(HelperId.Strncmp, 5, 17).Takes(In, Size, Text),
        Of(HelperId.Strtol, 5, 2).Takes(In, Size, Any, NumberOut(8)),
        Of(HelperId.Strtoul, 5, 2).Takes(In, Size, Any, NumberOut(8)),
        Of(HelperId.TailCall, 4, 2).Takes(Context, Map, Any).ReturnsNothing().MovesPacket(),
        Of(HelperId.Loop, 5, 17).Takes(Any, Callback, CallbackContext, Any),
        Of(HelperId.SysBpf, 5, 14).Takes(Any, In, Size).Sleeps(),
        Of(HelperId.SysClose, 5, 14).Takes(Any).Sleeps(),
        Of(HelperId.BtfFindByNameKind, 5, 14).Takes(In, Size, Any, Any).Sleeps(),
        Of(HelperId.KallsymsLookupName, 5, 16).Takes(In, SizeOrZero, Any, NumberOut(8)),
        Of(HelperId.RcRepeat, 4, 18).Takes(Context).GplOnly(),
        Of(HelperId.RcKeydown, 4, 18).Takes(Context, Any, Any, Any).GplOnly(),
        Of(HelperId.RcPointerRel, 5, 0).Takes(Context, Any, Any).GplOnly(),
    ];
}
