// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using static Ruche.Bpf.Verifier.Prototypes.PrototypeWords;
using static Ruche.Bpf.Verifier.Values.ValueFlags;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <content>Ring buffers and dynptrs.</content>
public static partial class HelperPrototypes
{
    private static HelperPrototype[] Buffers() =>
    [
        Of(HelperId.RingbufOutput, 5, 8).Takes(Map, In, SizeOrZero, Any),
        Of(HelperId.RingbufReserve, 5, 8).Takes(Map, Allocation, Any).Returns(ResultKind.Memory, MayBeNull | RingBuffer).Acquiring(),
        Of(HelperId.RingbufSubmit, 5, 8).Takes(Released(Record), Any).ReturnsNothing(),
        Of(HelperId.RingbufDiscard, 5, 8).Takes(Released(Record), Any).ReturnsNothing(),
        Of(HelperId.RingbufQuery, 5, 8).Takes(Map, Any),
        Of(HelperId.RingbufReserveDynptr, 5, 19).Takes(Map, Any, Any, NewDynptr("ringbuf")),
        Of(HelperId.RingbufSubmitDynptr, 5, 19).Takes(Released(DynptrOf("ringbuf")), Any).ReturnsNothing(),
        Of(HelperId.RingbufDiscardDynptr, 5, 19).Takes(Released(DynptrOf("ringbuf")), Any).ReturnsNothing(),
        Of(HelperId.UserRingbufDrain, 6, 1).Takes(Map, Callback, CallbackContext, Any),
        Of(HelperId.DynptrFromMem, 5, 19).Takes(Out, SizeOrZero, Any, NewDynptr("local")),
        Of(HelperId.DynptrRead, 5, 19).Takes(Out, SizeOrZero, Dynptr, Any, Any),
        Of(HelperId.DynptrWrite, 5, 19).Takes(Dynptr, Any, In, SizeOrZero, Any),
        Of(HelperId.DynptrData, 5, 19).Takes(Dynptr, Any, Allocation).Returns(ResultKind.DynamicPointerMemory, MayBeNull),
    ];
}
