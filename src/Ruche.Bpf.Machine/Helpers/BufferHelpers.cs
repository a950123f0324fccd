// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Contexts;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Helpers on socket buffers.</summary>
internal static class BufferHelpers
{
    private const int PacketTypeField = 4;
    private const int MarkedHashField = 68;
    private const int EthernetHeader = 14;
    private const int Longest = 16064;
    private const uint LastPacketType = 3;
    private const ulong InvalidateHash = 2;
    private const ulong RecomputeChecksum = 1;

    public static HelperTable AddTo(HelperTable table) => table
        .With(HelperId.SkbLoadBytes, static (in HelperCall call) => PacketBytes.Load(call, (uint)call.Second, call.Third, (uint)call.Fourth, clears: true))
        .With(HelperId.SkbLoadBytesRelative, LoadRelative)
        .With(HelperId.SkbStoreBytes, Store)
        .With(HelperId.SkbPullData, static (in HelperCall call) => (uint)call.Second > (uint)call.Run.Packet!.Length ? Answers.Of(Errno.ENOMEM) : 0)
        .With(HelperId.SkbChangeTail, ChangeTail)
        .With(HelperId.SkbChangeHead, ChangeHead)
        .With(HelperId.SkbChangeType, ChangeType)
        .With(HelperId.SkbChangeProto, HeaderHelpers.ChangeProtocol)
        .With(HelperId.SkbAdjustRoom, HeaderHelpers.AdjustRoom)
        .With(HelperId.SkbVlanPush, HeaderHelpers.PushVlan)
        .With(HelperId.SkbVlanPop, HeaderHelpers.PopVlan)
        .With(HelperId.GetHashRecalc, static (in HelperCall call) => call.Run.Field(MarkedHashField))
        .With(HelperId.SetHash, static (in HelperCall call) => SetHash(call, call.Second))
        .With(HelperId.SetHashInvalid, static (in HelperCall call) => SetHash(call, 0))
        .With(HelperId.GetCgroupClassid, static (in HelperCall _) => 0)
        .With(HelperId.GetRouteRealm, static (in HelperCall _) => 0);

    /// <summary>Where the network layer's header begins.</summary>
    public static int NetworkOffset(in HelperCall call) => call.Run.Context!.Data is ContextData.LinkLayer ? EthernetHeader : 0;

    /// <summary>Whether a buffer may have that length.</summary>
    public static bool MayHave(long length) => length is >= 0 and <= Longest;

    private static ulong LoadRelative(in HelperCall call)
    {
        const ulong FromLink = 0, FromNetwork = 1;
        if ((uint)call.Second > ushort.MaxValue || call.Fifth > FromNetwork || (call.Fifth == FromLink && NetworkOffset(call) == 0))
        {
            call.Write(call.Third, Answers.Length((uint)call.Fourth, call.Third)).Clear();
            return Answers.Of(Errno.EFAULT);
        }

        uint start = call.Fifth == FromLink ? 0 : (uint)NetworkOffset(call);
        return PacketBytes.Load(call, (uint)call.Second + start, call.Third, (uint)call.Fourth, clears: true);
    }

    private static ulong Store(in HelperCall call)
    {
        if ((call.Fifth & ~(RecomputeChecksum | InvalidateHash)) != 0) return Answers.Of(Errno.EINVAL);
        ulong answer = PacketBytes.Store(call, (uint)call.Second, call.Third, (uint)call.Fourth);
        if (answer == 0 && (call.Fifth & InvalidateHash) != 0) SetHash(call, 0);
        return answer;
    }

    private static ulong ChangeTail(in HelperCall call)
    {
        var packet = call.Run.Packet!;
        uint length = (uint)call.Second;
        if (call.Third != 0 || !MayHave(length) || length < NetworkOffset(call)) return Answers.Of(Errno.EINVAL);
        packet.Resize((int)length);
        call.Run.Moved();
        return 0;
    }

    private static ulong ChangeHead(in HelperCall call)
    {
        var packet = call.Run.Packet!;
        int room = (int)call.Second;
        if (call.Third != 0 || room < 0 || !MayHave((long)packet.Length + room)) return Answers.Of(Errno.EINVAL);
        packet.Insert(0, room);
        call.Run.Moved();
        return 0;
    }

    private static ulong ChangeType(in HelperCall call)
    {
        if (call.Run.Field(PacketTypeField) > LastPacketType || call.Second > LastPacketType) return Answers.Of(Errno.EINVAL);
        call.Run.SetField(PacketTypeField, call.Second);
        return 0;
    }

    private static ulong SetHash(in HelperCall call, ulong hash)
    {
        call.Run.SetField(MarkedHashField, hash);
        return 0;
    }
}
