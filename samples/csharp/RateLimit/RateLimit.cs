// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Samples;

/// <summary>
/// Limits how many packets each source address, of IPv4 or IPv6, may send to an interface within a window of time that slides along with the clock.
/// Networks in a list are exempt. Both numbers may be set before the object is loaded.
/// </summary>
[BpfObject]
public static class RateLimit
{
    private static readonly ulong PacketsPerWindow = 1000;
    private static readonly ulong WindowNanoseconds = 1_000_000_000;

    /// <summary>Networks that are not limited; an IPv4 network stands in it as ::ffff:a.b.c.d, with 96 bits more.</summary>
    [BpfMap(MaxEntries = 1024)]
    private static readonly BpfLpmTrie<LpmKey<IPv6Address>, uint> Exempt = default;

    /// <summary>Sources that were not seen for long make room for new ones: a flood of made-up addresses fills no memory.</summary>
    [BpfMap(MaxEntries = 65536)]
    private static readonly BpfLruHashMap<IPv6Address, SourceWindow> Sources = default;

    [Xdp]
    public static XdpAction Filter(in XdpContext context)
    {
        if (!TryReadSource(context.Packet, out IPv6Address source)) return XdpAction.Pass;
        if (!Bpf.IsNull(ref Exempt.Lookup(new(128, source)))) return XdpAction.Pass;
        return MayPass(in source) ? XdpAction.Pass : XdpAction.Drop;
    }

    private static bool TryReadSource(Packet packet, out IPv6Address source)
    {
        source = default;
        if (!packet.TryRead(out EthernetHeader ethernet)) return false;
        if (ethernet.Type == EtherType.IPv4 && packet.TryRead(out IPv4Header ip))
        {
            source.Third = 0xffff;
            source.Fourth = ip.Source;
            return true;
        }

        if (ethernet.Type != EtherType.IPv6 || !packet.TryRead(out IPv6Header ipv6)) return false;
        source = ipv6.Source;
        return true;
    }

    // Two CPUs may serve one source at the same moment, and one packet go uncounted. Cards keep a flow on one CPU: that is rare, and cheaper than a lock.
    private static bool MayPass(in IPv6Address source)
    {
        ulong now = Bpf.KtimeGetNs(), length = WindowNanoseconds, limit = PacketsPerWindow;
        ref SourceWindow window = ref Sources.Lookup(in source);
        if (Bpf.IsNull(ref window))
        {
            Sources.Update(in source, new() { Start = now, Current = 1 });
            return limit > 0;
        }

        ulong age = now - window.Start;
        if (age >= length)
        {
            // The window before is the last one only when no whole window lies between.
            bool isNext = age < 2 * length;
            window.Previous = isNext ? window.Current : 0;
            window.Current = 0;
            window.Start = isNext ? window.Start + length : now;
            age = now - window.Start;
        }

        // The part of the window before that still lies within one length of now, as if its packets had come evenly.
        ulong carried = window.Previous * (length - age) / length;
        if (carried + window.Current >= limit)
        {
            window.Dropped++;
            return false;
        }

        window.Current++;
        return true;
    }
}

/// <summary>What a source has sent.</summary>
public struct SourceWindow
{
    /// <summary>When the current window began, on the kernel's clock.</summary>
    public ulong Start;

    public ulong Current;
    public ulong Previous;
    public ulong Dropped;
}
