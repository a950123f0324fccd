// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Helpers on packets as network cards give them.</summary>
internal static class XdpHelpers
{
    private const ulong EthernetHeader = 14;
    private const ulong MostMetadata = 255;

    public static HelperTable AddTo(HelperTable table) => table
        .With(HelperId.XdpAdjustHead, AdjustHead)
        .With(HelperId.XdpAdjustMeta, AdjustMetadata)
        .With(HelperId.XdpAdjustTail, AdjustTail)
        .With(HelperId.XdpGetBuffLen, static (in HelperCall call) => (ulong)call.Run.Packet!.Length)
        .With(HelperId.XdpLoadBytes, static (in HelperCall call) => PacketBytes.Load(call, (uint)call.Second, call.Third, (uint)call.Fourth, clears: false))
        .With(HelperId.XdpStoreBytes, static (in HelperCall call) => PacketBytes.Store(call, (uint)call.Second, call.Third, (uint)call.Fourth));

    private static ulong AdjustHead(in HelperCall call)
    {
        var packet = call.Run.Packet!;
        ulong data = packet.Data + (ulong)(int)call.Second, metadata = packet.Data - packet.Metadata;
        if (data < packet.HeadLimit + metadata || data > packet.End - EthernetHeader) return Answers.Of(Errno.EINVAL);
        packet.MoveHead(data);
        call.Run.Moved();
        return 0;
    }

    private static ulong AdjustMetadata(in HelperCall call)
    {
        var packet = call.Run.Packet!;
        ulong metadata = packet.Metadata + (ulong)(int)call.Second, length = packet.Data - metadata;
        if (metadata < packet.HeadLimit || metadata > packet.Data) return Answers.Of(Errno.EINVAL);
        if (length % sizeof(uint) != 0 || length > MostMetadata) return Answers.Of(Errno.EACCES);
        packet.MoveMetadata(metadata);
        call.Run.Moved();
        return 0;
    }

    private static ulong AdjustTail(in HelperCall call)
    {
        var packet = call.Run.Packet!;
        ulong end = packet.End + (ulong)(int)call.Second;
        if (end > packet.TailLimit || end < packet.Data + EthernetHeader) return Answers.Of(Errno.EINVAL);
        packet.Resize((int)(end - packet.Data));
        call.Run.Moved();
        return 0;
    }
}
