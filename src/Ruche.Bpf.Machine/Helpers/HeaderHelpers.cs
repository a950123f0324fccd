// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Helpers that put headers into socket buffers and take them out.</summary>
internal static class HeaderHelpers
{
    private const int ProtocolField = 16;
    private const int TagPresentField = 20;
    private const int TagField = 24;
    private const int TagProtocolField = 28;
    private const int TypeOffset = 12;
    private const int TagLength = 4;
    private const int EthernetHeader = 14;
    private const ushort Ipv4 = 0x0800;
    private const ushort Ipv6 = 0x86dd;
    private const ushort Vlan = 0x8100;
    private const ushort ServiceVlan = 0x88a8;
    private const int Ipv4Header = 20;
    private const int Ipv6Header = 40;
    private const ulong KnownRoomFlags = 0xff;

    public static ulong ChangeProtocol(in HelperCall call)
    {
        const int Difference = Ipv6Header - Ipv4Header;
        ushort from = Protocol(call), to = BinaryPrimitives.ReverseEndianness((ushort)call.Second);
        if (call.Third != 0) return Answers.Of(Errno.EINVAL);
        var packet = call.Run.Packet!;
        if ((from, to) == (Ipv4, Ipv6)) packet.Insert(BufferHelpers.NetworkOffset(call), Difference);
        else if ((from, to) == (Ipv6, Ipv4)) packet.Remove(BufferHelpers.NetworkOffset(call), Difference);
        else return Answers.Of(Errno.ENOTSUPP);
        SetProtocol(call, to);
        call.Run.Moved();
        return 0;
    }

    public static ulong AdjustRoom(in HelperCall call)
    {
        const ulong BehindNetworkHeader = 0, BehindLinkHeader = 1;
        const int Most = 0xfff;
        if ((call.Fourth & ~KnownRoomFlags) != 0) return Answers.Of(Errno.EINVAL);
        int difference = (int)call.Second, change = Math.Abs(difference);
        if (change > Most) return Answers.Of(Errno.EFAULT);
        int header = Protocol(call) switch { Ipv4 => Ipv4Header, Ipv6 => Ipv6Header, _ => 0 };
        if (header == 0 || call.Third > BehindLinkHeader) return Answers.Of(Errno.ENOTSUPP);
        var packet = call.Run.Packet!;
        int network = BufferHelpers.NetworkOffset(call), behindLink = packet.Length - network;
        int offset = network + (call.Third == BehindNetworkHeader ? header : 0);
        if (difference < 0 && (change >= behindLink || behindLink - change < header)) return Answers.Of(Errno.ENOTSUPP);
        if (difference > 0 && !BufferHelpers.MayHave((long)packet.Length + change)) return Answers.Of(Errno.ENOTSUPP);
        if (difference < 0) packet.Remove(offset, change);
        else packet.Insert(offset, change);
        call.Run.Moved();
        return 0;
    }

    // The outermost tag stands beside the packet; one that was there goes into it.
    public static ulong PushVlan(in HelperCall call)
    {
        ushort protocol = BinaryPrimitives.ReverseEndianness((ushort)call.Second);
        if (protocol is not (Vlan or ServiceVlan)) protocol = Vlan;
        var run = call.Run;
        if (run.Field(TagPresentField) != 0)
        {
            run.Packet!.Insert(TypeOffset, TagLength);
            var tag = run.Packet.Bytes[TypeOffset..];
            BinaryPrimitives.WriteUInt16LittleEndian(tag, (ushort)run.Field(TagProtocolField));
            BinaryPrimitives.WriteUInt16BigEndian(tag[2..], (ushort)run.Field(TagField));
            run.SetField(ProtocolField, run.Field(TagProtocolField));
            run.Moved();
        }

        SetTag(call, protocol, (ushort)call.Third);
        return 0;
    }

    public static ulong PopVlan(in HelperCall call)
    {
        var run = call.Run;
        if (run.Field(TagPresentField) != 0)
        {
            run.SetField(TagPresentField, 0);
            run.SetField(TagField, 0);
            run.SetField(TagProtocolField, 0);
        }
        else
        {
            if (Protocol(call) is not (Vlan or ServiceVlan)) return 0;
            TakeTag(call);
        }

        // What is the outermost now stands beside the packet.
        if (Protocol(call) is not (Vlan or ServiceVlan)) return 0;
        ushort protocol = Protocol(call);
        SetTag(call, protocol, TakeTag(call));
        return 0;
    }

    private static ushort TakeTag(in HelperCall call)
    {
        var packet = call.Run.Packet!;
        ushort tag = BinaryPrimitives.ReadUInt16BigEndian(packet.Bytes[EthernetHeader..]);
        packet.Remove(TypeOffset, TagLength);
        SetProtocol(call, BinaryPrimitives.ReadUInt16BigEndian(packet.Bytes[TypeOffset..]));
        call.Run.Moved();
        return tag;
    }

    private static void SetTag(in HelperCall call, ushort protocol, ushort tag)
    {
        call.Run.SetField(TagPresentField, 1);
        call.Run.SetField(TagField, tag);
        call.Run.SetField(TagProtocolField, BinaryPrimitives.ReverseEndianness(protocol));
    }

    private static ushort Protocol(in HelperCall call) => BinaryPrimitives.ReverseEndianness((ushort)call.Run.Field(ProtocolField));

    private static void SetProtocol(in HelperCall call, ushort protocol) => call.Run.SetField(ProtocolField, BinaryPrimitives.ReverseEndianness(protocol));
}
