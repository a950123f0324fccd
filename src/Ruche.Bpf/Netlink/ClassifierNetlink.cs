// SPDX-License-Identifier: MIT
using System.Buffers.Binary;

namespace Ruche.Bpf.Netlink;

/// <summary>The clsact queueing discipline and the BPF filters on it, over route netlink.</summary>
internal static class ClassifierNetlink
{
    public const uint Ingress = 0xfffffff2;
    public const uint Egress = 0xfffffff3;

    private const int FixedSize = 20;
    private const ushort NewQdisc = 36;
    private const ushort DeleteQdisc = 37;
    private const ushort NewFilter = 44;
    private const ushort DeleteFilter = 45;
    private const ushort GetFilter = 46;
    private const ushort Kind = 1;
    private const ushort Options = 2;
    private const ushort BpfFd = 6;
    private const ushort BpfName = 7;
    private const ushort BpfFlags = 8;
    private const uint DirectAction = 1;
    private const uint ClsactParent = 0xfffffff1;
    private const uint ClsactHandle = 0xffff0000;
    private const NetlinkFlags EchoFlag = (NetlinkFlags)8;
    private static readonly uint AllProtocols = BinaryPrimitives.ReverseEndianness((ushort)3);

    public static NetlinkResult AddClsact(NetlinkSocket socket, int index)
    {
        NetlinkWriter request = new(
            stackalloc byte[256], NewQdisc, NetlinkFlags.Request | NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Exclusive);
        request.Fixed(new TrafficMessage { Index = index, Handle = ClsactHandle, Parent = ClsactParent });
        request.Attribute(Kind, "clsact");
        return socket.Request(ref request);
    }

    public static NetlinkResult RemoveClsact(NetlinkSocket socket, int index)
    {
        NetlinkWriter request = new(stackalloc byte[256], DeleteQdisc, NetlinkFlags.Request | NetlinkFlags.Acknowledge);
        request.Fixed(new TrafficMessage { Index = index, Handle = ClsactHandle, Parent = ClsactParent });
        request.Attribute(Kind, "clsact");
        return socket.Request(ref request);
    }

    /// <summary>Adds a filter that takes its verdict from the program; the kernel chooses handle and priority, and tells them.</summary>
    public static NetlinkResult AddFilter(NetlinkSocket socket, int index, uint parent, int program, string name, out ClassifierFilter filter)
    {
        NetlinkWriter request = new(
            stackalloc byte[512],
            NewFilter,
            NetlinkFlags.Request | NetlinkFlags.Acknowledge | NetlinkFlags.Create | NetlinkFlags.Exclusive | EchoFlag);
        request.Fixed(new TrafficMessage { Index = index, Parent = parent, Info = AllProtocols });
        request.Attribute(Kind, "bpf");
        int options = request.Open(Options);
        request.Attribute(BpfFd, (uint)program);
        request.Attribute(BpfName, name.Length <= 64 ? name : name[..64]);
        request.Attribute(BpfFlags, DirectAction);
        request.Close(options);

        ClassifierFilter added = default;
        var result = socket.Request(ref request, (type, body) =>
        {
            if (type == NewFilter && TryRead(body, out var echoed)) added = echoed;
        });
        filter = added;
        return result;
    }

    public static NetlinkResult RemoveFilter(NetlinkSocket socket, int index, uint parent, ClassifierFilter filter)
    {
        NetlinkWriter request = new(stackalloc byte[256], DeleteFilter, NetlinkFlags.Request | NetlinkFlags.Acknowledge);
        request.Fixed(new TrafficMessage { Index = index, Parent = parent, Handle = filter.Handle, Info = filter.Info });
        request.Attribute(Kind, "bpf");
        return socket.Request(ref request);
    }

    /// <summary>How many filters, ours or not, a direction of an interface has.</summary>
    public static int CountFilters(NetlinkSocket socket, int index, uint parent)
    {
        NetlinkWriter request = new(stackalloc byte[256], GetFilter, NetlinkFlags.Request | NetlinkFlags.Dump);
        request.Fixed(new TrafficMessage { Index = index, Parent = parent });
        int count = 0;
        var result = socket.Request(ref request, (type, body) =>
        {
            // Each chain also has an entry of its own, with handle 0.
            if (type == NewFilter && TryRead(body, out var found) && found.Handle != 0) count++;
        });
        result.ThrowIfFailed($"list the filters of interface {index}");
        return count;
    }

    private static bool TryRead(ReadOnlySpan<byte> body, out ClassifierFilter filter)
    {
        filter = default;
        if (body.Length < FixedSize) return false;
        filter = new(BinaryPrimitives.ReadUInt32LittleEndian(body[8..]), BinaryPrimitives.ReadUInt32LittleEndian(body[16..]));
        return true;
    }
}
