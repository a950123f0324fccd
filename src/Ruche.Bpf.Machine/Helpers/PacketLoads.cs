// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Machine.Contexts;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>The old instructions that load from a packet: calls of one helper, with the context, the offset, and how many bytes.</summary>
internal static class PacketLoads
{
    /// <summary>What the kernel calls it. No program calls it by name.</summary>
    public const string Name = "bpf_skb_load_helper";

    private const int FromNetworkHeader = -0x10_0000; // SKF_NET_OFF
    private const int FromLinkHeader = -0x20_0000; // SKF_LL_OFF

    public static HelperTable AddTo(HelperTable table) => table.With(Name, Load);

    // Beyond the packet, the function that loads is over and returns zero.
    private static ulong Load(in HelperCall call)
    {
        if (call.First != call.Run.ContextAddress) throw new ArgumentException($"a packet load wants the context in R6, which is 0x{call.First:x}");
        var packet = call.Run.Packet!.Bytes;
        int bytes = (int)call.Third;
        long at = Place(call, (int)call.Second);
        if (at < 0 || at + bytes > packet.Length)
        {
            call.Run.EndFunction();
            return 0;
        }

        var number = packet.Slice((int)at, bytes);
        return bytes switch
        {
            1 => number[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(number),
            _ => BinaryPrimitives.ReadUInt32BigEndian(number),
        };
    }

    private static long Place(in HelperCall call, int offset) => offset switch
    {
        >= 0 => offset,
        >= FromNetworkHeader => (long)offset - FromNetworkHeader + BufferHelpers.NetworkOffset(call),
        >= FromLinkHeader when call.Run.Context!.Data is ContextData.LinkLayer => (long)offset - FromLinkHeader,
        _ => -1,
    };
}
