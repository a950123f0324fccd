// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using static Ruche.Bpf.Verifier.Prototypes.PrototypeWords;
using static Ruche.Bpf.Verifier.Values.ValueFlags;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <content>Maps, and what stands in their values.</content>
public static partial class HelperPrototypes
{
    private static HelperPrototype[] Maps() =>
    [
        Of(HelperId.MapLookupElem, 3, 19).Takes(Map, Key).Returns(ResultKind.MapValue, MayBeNull).OnPackets(),
        Of(HelperId.MapUpdateElem, 3, 19).Takes(Map, Key, Value, Any).OnPackets(),
        Of(HelperId.MapDeleteElem, 3, 19).Takes(Map, Key).OnPackets(),
        Of(HelperId.MapPushElem, 4, 20).Takes(Map, Value, Any).OnPackets(),
        Of(HelperId.MapPopElem, 4, 20).Takes(Map, ValueOut),
        Of(HelperId.MapPeekElem, 4, 20).Takes(Map, ValueOut),
        Of(HelperId.MapLookupPercpuElem, 5, 19).Takes(Map, Key, Any).Returns(ResultKind.MapValue, MayBeNull).OnPackets(),
        Of(HelperId.ForEachMapElem, 5, 13).Takes(Map, Callback, CallbackContext, Any),
        Of(HelperId.SpinLock, 5, 1).Takes(LockField).ReturnsNothing(),
        Of(HelperId.SpinUnlock, 5, 1).Takes(LockField).ReturnsNothing(),
        Of(HelperId.TimerInit, 5, 15).Takes(TimerField, Map, Any).GplOnly(),
        Of(HelperId.TimerSetCallback, 5, 15).Takes(TimerField, Callback).GplOnly(),
        Of(HelperId.TimerStart, 5, 15).Takes(TimerField, Any, Any).GplOnly(),
        Of(HelperId.TimerCancel, 5, 15).Takes(TimerField).GplOnly(),
        Of(HelperId.KptrXchg, 5, 19).Takes(PointerField, Released(OrNull(AnyObject))).Returns(ResultKind.Btf, MayBeNull).Acquiring(),
    ];
}
