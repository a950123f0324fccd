// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Samples;

/// <summary>
/// Shapes what leaves an interface: no destination gets more than some bytes a second. Each packet is given the time at which it may leave, and the
/// queue keeps it until then: the interface needs the queueing discipline <c>fq</c>.
/// </summary>
[BpfObject]
public static class TrafficShaper
{
    private const ulong Second = 1_000_000_000;

    /// <summary>May be set before the object is loaded.</summary>
    private static readonly ulong BytesPerSecond = 1_250_000;

    /// <summary>What would have to wait for longer is dropped, so that senders find out.</summary>
    private static readonly ulong LongestWait = 2 * Second;

    /// <summary>When the next packet to a destination may leave.</summary>
    [BpfMap(MaxEntries = 65536)]
    private static readonly BpfLruHashMap<IPv4Address, ulong> NextDeparture = default;

    [BpfMap(MaxEntries = 1)]
    private static readonly BpfPerCpuArray<Shaped> Totals = default;

    [TcEgress]
    public static TcAction Shape(ref SkBuffContext packet)
    {
        Packet bytes = packet.Packet;
        if (!bytes.TryRead(out EthernetHeader ethernet) || ethernet.Type != EtherType.IPv4 || !bytes.TryRead(out IPv4Header ip)) return TcAction.Ok;
        ulong now = Bpf.KtimeGetNs();
        ulong duration = packet.WireLength * Second / BytesPerSecond;
        ulong departure = Math.Max(packet.Timestamp, now);
        ref ulong next = ref NextDeparture.Lookup(ip.Destination);
        if (Bpf.IsNull(ref next))
        {
            NextDeparture.Update(ip.Destination, departure + duration);
            return TcAction.Ok;
        }

        departure = Math.Max(departure, next);
        bool isLate = departure - now > LongestWait;
        Count(isLate);
        if (isLate) return TcAction.Shot;
        next = departure + duration;
        packet.Timestamp = departure;
        return TcAction.Ok;
    }

    private static void Count(bool isDropped)
    {
        ref Shaped totals = ref Totals.Lookup(0);
        if (Bpf.IsNull(ref totals)) return;
        if (isDropped) totals.Dropped++;
        else totals.Sent++;
    }
}

/// <summary>What became of packets to destinations that are known.</summary>
public struct Shaped
{
    public ulong Sent;
    public ulong Dropped;
}
