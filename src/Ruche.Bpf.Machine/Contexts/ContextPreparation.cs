// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ruche.Bpf.Machine.Contexts;

/// <summary>Fills in of a context what follows from the packet, as the kernel does for a test run: the packet comes in by the loopback interface.</summary>
internal static class ContextPreparation
{
    private const int EthernetHeader = 14;
    private const int XdpHeadroom = 256;
    private const int XdpFrameHeader = 40;
    private const int PageLength = 4096;
    private const int XdpTailReserve = 320;
    private const int BufferHeadroom = 20480;
    private const uint Loopback = 1;

    public static PacketFrame Load(PacketFrame frame, ContextData kind, ReadOnlySpan<byte> packet, Span<byte> context, bool hasContext)
    {
        if (kind is ContextData.Xdp) LoadXdp(frame, packet, ref MemoryMarshal.AsRef<XdpMd>(context), hasContext);
        else LoadBuffer(frame, kind, packet, ref MemoryMarshal.AsRef<SkBuff>(context), hasContext);
        return frame;
    }

    /// <summary>The packet after a run; the link layer's header, which a program on the layer above does not see, is zeros then.</summary>
    public static byte[] Unload(PacketFrame frame, ContextData kind)
    {
        if (kind is ContextData.NetworkLayer) return [.. new byte[EthernetHeader], .. frame.Bytes];
        return frame.Bytes.ToArray();
    }

    /// <summary>Tells the context of a socket option where the value is.</summary>
    public static void Place(Span<byte> context, ulong value, int length)
    {
        ref var option = ref MemoryMarshal.AsRef<SockOpt>(context);
        (option.Optval, option.OptvalEnd) = (value, value + (ulong)length);
        if (option.Optlen == 0) option.Optlen = length;
    }

    private static void LoadXdp(PacketFrame frame, ReadOnlySpan<byte> packet, ref XdpMd context, bool hasContext)
    {
        int metadata = (int)Math.Min(context.DataMeta, (uint)packet.Length);
        frame.Load(packet, metadata, XdpHeadroom, XdpFrameHeader, PageLength - XdpTailReserve);
        frame.ClearHeadroom();
        if (!hasContext || context.IngressIfindex == 0) context.IngressIfindex = Loopback;
    }

    private static void LoadBuffer(PacketFrame frame, ContextData kind, ReadOnlySpan<byte> packet, ref SkBuff context, bool hasContext)
    {
        bool isFrame = kind is ContextData.LinkLayer or ContextData.NetworkLayer;
        if (isFrame && packet.Length < EthernetHeader)
            throw new ArgumentException($"a packet begins with an Ethernet header of {EthernetHeader} bytes, but {packet.Length} bytes were given", nameof(packet));
        var data = kind is ContextData.NetworkLayer ? packet[EthernetHeader..] : packet;
        frame.Load(data, 0, BufferHeadroom, 0, BufferHeadroom + Math.Max(data.Length, BufferHeadroom));
        if (isFrame) Describe(packet, ref context);
        if (context.Ifindex == 0) context.Ifindex = Loopback;
        if (hasContext && context.WireLen == 0) context.WireLen = (uint)data.Length;
    }

    private static void Describe(ReadOnlySpan<byte> packet, ref SkBuff context)
    {
        const ushort SmallestType = 0x600, RawLength = 0x0400;
        const uint Ipv4 = 2, Ipv6 = 10, ForOthers = 3, ForMany = 2;
        ushort type = BinaryPrimitives.ReadUInt16BigEndian(packet[12..]);
        context.Protocol = type >= SmallestType ? BinaryPrimitives.ReverseEndianness(type) : RawLength;
        if (packet[..6].ContainsAnyExcept((byte)0)) context.PktType = (packet[0] & 1) != 0 ? ForMany : ForOthers;
        var header = packet[EthernetHeader..];
        if (type == 0x0800 && header.Length >= 20)
        {
            context.Family = Ipv4;
            context.LocalIp4 = MemoryMarshal.Read<uint>(header[12..]);
            context.RemoteIp4 = MemoryMarshal.Read<uint>(header[16..]);
        }
        else if (type == 0x86dd && header.Length >= 40)
        {
            context.Family = Ipv6;
            context.LocalIp6 = MemoryMarshal.Read<FourWords>(header[8..]);
            context.RemoteIp6 = MemoryMarshal.Read<FourWords>(header[24..]);
        }
    }
}
