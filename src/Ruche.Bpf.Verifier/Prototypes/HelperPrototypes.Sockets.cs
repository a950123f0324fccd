// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using static Ruche.Bpf.Verifier.Prototypes.PrototypeWords;
using static Ruche.Bpf.Verifier.Values.ValueFlags;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <content>Sockets, and what is sent and received through them.</content>
public static partial class HelperPrototypes
{
    private static HelperPrototype[] Sockets() =>
    [
        Of(HelperId.GetSocketCookie, 4, 12).Takes(Context),
        Of(HelperId.GetSocketUid, 4, 12).Takes(Context),
        Of(HelperId.Setsockopt, 4, 13).Takes(Context, Any, Any, In, Size),
        Of(HelperId.SkRedirectMap, 4, 14).Takes(Context, Map, Any, Any),
        Of(HelperId.SockMapUpdate, 4, 14).Takes(Context, Map, Key, Any).OnPackets(),
        Of(HelperId.Getsockopt, 4, 15).Takes(Context, Any, Any, Out, Size),
        Of(HelperId.SockOpsCbFlagsSet, 4, 16).Takes(Context, Any),
        Of(HelperId.MsgRedirectMap, 4, 17).Takes(Context, Map, Any, Any),
        Of(HelperId.MsgApplyBytes, 4, 17).Takes(Context, Any),
        Of(HelperId.MsgCorkBytes, 4, 17).Takes(Context, Any),
        Of(HelperId.MsgPullData, 4, 17).Takes(Context, Any, Any, Any).MovesPacket(),
        Of(HelperId.Bind, 4, 17).Takes(Context, In, Size),
        Of(HelperId.SockHashUpdate, 4, 18).Takes(Context, Map, Key, Any).OnPackets(),
        Of(HelperId.MsgRedirectHash, 4, 18).Takes(Context, Map, Key, Any),
        Of(HelperId.SkRedirectHash, 4, 18).Takes(Context, Map, Key, Any),
        Of(HelperId.SkSelectReuseport, 4, 19).Takes(Context, Map, Key, Any),
        Of(HelperId.SkLookupTcp, 4, 20).Takes(Context, In, SizeOrZero, Any, Any).Returns(ResultKind.Socket, MayBeNull).OnPackets().Acquiring(),
        Of(HelperId.SkLookupUdp, 4, 20).Takes(Context, In, SizeOrZero, Any, Any).Returns(ResultKind.Socket, MayBeNull).OnPackets().Acquiring(),
        Of(HelperId.SkRelease, 4, 20).Takes(Released(AnySocket)),
        Of(HelperId.MsgPushData, 4, 20).Takes(Context, Any, Any, Any).MovesPacket(),
        Of(HelperId.MsgPopData, 5, 0).Takes(Context, Any, Any, Any).MovesPacket(),
        Of(HelperId.SkFullsock, 5, 1).Takes(CommonSocket).Returns(ResultKind.Socket, MayBeNull),
        Of(HelperId.TcpSock, 5, 1).Takes(CommonSocket).Returns(ResultKind.TcpSocket, MayBeNull),
        Of(HelperId.GetListenerSock, 5, 1).Takes(CommonSocket).Returns(ResultKind.Socket, MayBeNull),
        Of(HelperId.SkcLookupTcp, 5, 2).Takes(Context, In, SizeOrZero, Any, Any).Returns(ResultKind.SocketCommon, MayBeNull).OnPackets().Acquiring(),
        Of(HelperId.TcpCheckSyncookie, 5, 2).Takes(AnySocket, In, Size, In, Size).GplOnly().OnPackets(),
        Of(HelperId.TcpGenSyncookie, 5, 4).Takes(AnySocket, In, Size, In, Size).GplOnly().OnPackets(),
        Of(HelperId.TcpSendAck, 5, 6).Takes(ObjectOf("tcp_sock"), Any),
        Of(HelperId.GetNetnsCookie, 5, 7).Takes(ContextOrNull),
        Of(HelperId.SkAssign, 5, 7).Takes(Context, AnySocket, Any),
        Of(HelperId.SkcToTcp6Sock, 5, 9).Takes(AnySocket).Returns(ResultKind.Btf, MayBeNull, "tcp6_sock"),
        Of(HelperId.SkcToTcpSock, 5, 9).Takes(AnySocket).Returns(ResultKind.Btf, MayBeNull, "tcp_sock"),
        Of(HelperId.SkcToTcpTimewaitSock, 5, 9).Takes(AnySocket).Returns(ResultKind.Btf, MayBeNull, "tcp_timewait_sock"),
        Of(HelperId.SkcToTcpRequestSock, 5, 9).Takes(AnySocket).Returns(ResultKind.Btf, MayBeNull, "tcp_request_sock"),
        Of(HelperId.SkcToUdp6Sock, 5, 9).Takes(AnySocket).Returns(ResultKind.Btf, MayBeNull, "udp6_sock"),
        Of(HelperId.SkcToUnixSock, 5, 16).Takes(AnySocket).Returns(ResultKind.Btf, MayBeNull, "unix_sock"),
        Of(HelperId.SkcToMptcpSock, 5, 19).Takes(CommonSocket).Returns(ResultKind.Btf, MayBeNull, "mptcp_sock"),
        Of(HelperId.LoadHdrOpt, 5, 10).Takes(Context, InOut, Size, Any),
        Of(HelperId.StoreHdrOpt, 5, 10).Takes(Context, In, Size, Any).MovesPacket(),
        Of(HelperId.ReserveHdrOpt, 5, 10).Takes(Context, Any, Any),
        Of(HelperId.SockFromFile, 5, 11).Takes(ObjectOf("file")).Returns(ResultKind.Btf, MayBeNull, "socket"),
        Of(HelperId.TcpRawGenSyncookieIpv4, 6, 0).Takes(InOf(20), In, SizeOrZero).GplOnly().OnPackets(),
        Of(HelperId.TcpRawGenSyncookieIpv6, 6, 0).Takes(InOf(40), In, SizeOrZero).GplOnly().OnPackets(),
        Of(HelperId.TcpRawCheckSyncookieIpv4, 6, 0).Takes(InOf(20), InOf(20)).GplOnly().OnPackets(),
        Of(HelperId.TcpRawCheckSyncookieIpv6, 6, 0).Takes(InOf(40), InOf(20)).GplOnly().OnPackets(),
    ];
}
