// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using static Ruche.Bpf.Verifier.Prototypes.PrototypeWords;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <content>Packets: their bytes, marks and ways.</content>
public static partial class HelperPrototypes
{
    private static HelperPrototype[] Packets() =>
    [
        Of(HelperId.SkbStoreBytes, 4, 1).Takes(Context, Any, In, Size, Any).MovesPacket(),
        Of(HelperId.L3CsumReplace, 4, 1).Takes(Context, Any, Any, Any, Any).MovesPacket(),
        Of(HelperId.L4CsumReplace, 4, 1).Takes(Context, Any, Any, Any, Any).MovesPacket(),
        Of(HelperId.CloneRedirect, 4, 2).Takes(Context, Any, Any).MovesPacket(),
        Of(HelperId.SkbVlanPush, 4, 3).Takes(Context, Any, Any).MovesPacket(),
        Of(HelperId.SkbVlanPop, 4, 3).Takes(Context).MovesPacket(),
        Of(HelperId.SkbGetTunnelKey, 4, 3).Takes(Context, Out, Size, Any),
        Of(HelperId.SkbSetTunnelKey, 4, 3).Takes(Context, In, Size, Any),
        Of(HelperId.Redirect, 4, 4).Takes(Any, Any),
        Of(HelperId.GetRouteRealm, 4, 4).Takes(Context),
        Of(HelperId.SkbLoadBytes, 4, 5).Takes(Context, Any, Out, Size),
        Of(HelperId.CsumDiff, 4, 6).Takes(InOrNull, SizeOrZero, InOrNull, SizeOrZero, Any).OnPackets(),
        Of(HelperId.SkbGetTunnelOpt, 4, 6).Takes(Context, Out, Size),
        Of(HelperId.SkbSetTunnelOpt, 4, 6).Takes(Context, In, Size),
        Of(HelperId.SkbChangeProto, 4, 8).Takes(Context, Any, Any).MovesPacket(),
        Of(HelperId.SkbChangeType, 4, 8).Takes(Context, Any),
        Of(HelperId.GetHashRecalc, 4, 8).Takes(Context),
        Of(HelperId.SkbChangeTail, 4, 9).Takes(Context, Any, Any).MovesPacket(),
        Of(HelperId.SkbPullData, 4, 9).Takes(Context, Any).MovesPacket(),
        Of(HelperId.CsumUpdate, 4, 9).Takes(Context, Any),
        Of(HelperId.SetHashInvalid, 4, 9).Takes(Context),
        Of(HelperId.SkbChangeHead, 4, 10).Takes(Context, Any, Any).MovesPacket(),
        Of(HelperId.XdpAdjustHead, 4, 10).Takes(Context, Any).MovesPacket(),
        Of(HelperId.SetHash, 4, 13).Takes(Context, Any),
        Of(HelperId.SkbAdjustRoom, 4, 13).Takes(Context, Any, Any, Any).MovesPacket(),
        Of(HelperId.RedirectMap, 4, 14).Takes(Map, Any, Any),
        Of(HelperId.XdpAdjustMeta, 4, 15).Takes(Context, Any).MovesPacket(),
        Of(HelperId.XdpAdjustTail, 4, 18).Takes(Context, Any).MovesPacket(),
        Of(HelperId.SkbGetXfrmState, 4, 18).Takes(Context, Any, Out, Size, Any),
        Of(HelperId.SkbLoadBytesRelative, 4, 18).Takes(Context, Any, Out, Size, Any),
        Of(HelperId.FibLookup, 4, 18).Takes(Context, InOut, Size, Any).GplOnly(),
        Of(HelperId.LwtPushEncap, 4, 18).Takes(Context, Any, In, Size).MovesPacket(),
        Of(HelperId.LwtSeg6StoreBytes, 4, 18).Takes(Context, Any, In, Size).MovesPacket(),
        Of(HelperId.LwtSeg6AdjustSrh, 4, 18).Takes(Context, Any, Any).MovesPacket(),
        Of(HelperId.LwtSeg6Action, 4, 18).Takes(Context, Any, In, Size).MovesPacket(),
        Of(HelperId.SkbEcnSetCe, 5, 1).Takes(Context),
        Of(HelperId.CsumLevel, 5, 8).Takes(Context, Any),
        Of(HelperId.RedirectNeigh, 5, 10).Takes(Any, InOrNull, SizeOrZero, Any),
        Of(HelperId.RedirectPeer, 5, 10).Takes(Any, Any),
        Of(HelperId.CheckMtu, 5, 12).Takes(Context, Any, NumberInOut(4), Any, Any).GplOnly(),
        Of(HelperId.XdpGetBuffLen, 5, 18).Takes(Context),
        Of(HelperId.XdpLoadBytes, 5, 18).Takes(Context, Any, Out, Size),
        Of(HelperId.XdpStoreBytes, 5, 18).Takes(Context, Any, In, Size),
        Of(HelperId.SkbSetTstamp, 5, 18).Takes(Context, Any, Any),
    ];
}
