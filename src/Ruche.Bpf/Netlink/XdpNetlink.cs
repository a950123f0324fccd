// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Netlink;

/// <summary>Sets and asks for the XDP program of an interface over route netlink.</summary>
internal static class XdpNetlink
{
    public const uint UpdateIfNoExist = 1 << 0;
    public const uint GenericMode = 1 << 1;
    public const uint NativeMode = 1 << 2;
    public const uint OffloadMode = 1 << 3;
    public const uint Replace = 1 << 4;

    private const ushort SetLink = 19;
    private const ushort GetLink = 18;
    private const ushort XdpNest = 43;
    private const ushort XdpFd = 1;
    private const ushort XdpAttached = 2;
    private const ushort XdpFlags = 3;
    private const ushort XdpProgramId = 4;
    private const ushort XdpGenericId = 5;
    private const ushort XdpNativeId = 6;
    private const ushort XdpOffloadId = 7;
    private const ushort XdpExpectedFd = 8;

    /// <summary>Sets the program; a <paramref name="program"/> of -1 removes it.</summary>
    public static NetlinkResult Set(NetlinkSocket socket, int index, int program, uint flags, int? expected = null)
    {
        NetlinkWriter request = new(stackalloc byte[256], SetLink, NetlinkFlags.Request | NetlinkFlags.Acknowledge);
        request.Fixed(new InterfaceMessage { Index = index });
        int nest = request.Open(XdpNest);
        request.Attribute(XdpFd, (uint)program);
        if (flags != 0) request.Attribute(XdpFlags, flags);
        if (expected is { } old) request.Attribute(XdpExpectedFd, (uint)old);
        request.Close(nest);
        return socket.Request(ref request);
    }

    /// <summary>Asks which programs an interface runs.</summary>
    public static XdpState Query(NetlinkSocket socket, int index)
    {
        NetlinkWriter request = new(stackalloc byte[256], GetLink, NetlinkFlags.Request | NetlinkFlags.Acknowledge);
        request.Fixed(new InterfaceMessage { Index = index });
        XdpState state = default;
        var result = socket.Request(ref request, (_, body) => state = Find(body));
        result.ThrowIfFailed($"ask for the XDP program of interface {index}");
        return state;
    }

    private static XdpState Find(ReadOnlySpan<byte> body)
    {
        const int FixedSize = 16;
        if (body.Length < FixedSize) return default;
        NetlinkAttributes attributes = new(body[FixedSize..]);
        while (attributes.Next())
        {
            if (attributes.Type == XdpNest) return Read(new(attributes.Value));
        }

        return default;
    }

    private static XdpState Read(NetlinkAttributes nest)
    {
        XdpState state = default;
        while (nest.Next())
        {
            state = nest.Type switch
            {
                XdpAttached when nest.Value.Length > 0 => state with { Attached = nest.Value[0] },
                XdpProgramId => state with { ProgramId = nest.Number },
                XdpGenericId => state with { GenericId = nest.Number },
                XdpNativeId => state with { NativeId = nest.Number },
                XdpOffloadId => state with { OffloadId = nest.Number },
                _ => state,
            };
        }

        return state;
    }
}
