// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Samples;

/// <summary>Reports how long the connections take that this host opens, from the first packet to the other side's answer.</summary>
[BpfObject]
public static class TcpConnectLatency
{
    private const int Established = 1, SynSent = 2;
    private const ushort IPv4 = 2;

    /// <summary>Connections that wait for an answer, by the address of their socket.</summary>
    [BpfMap(MaxEntries = 4096)]
    private static readonly BpfLruHashMap<ulong, Attempt> Attempts = default;

    [BpfMap(MaxEntries = 256 * 1024)]
    private static readonly BpfRingBuffer<Connected> Events = default;

    /// <summary>Only what took longer is reported. May be set before the object is loaded.</summary>
    private static readonly ulong LeastNanoseconds = 0;

    [BtfTracepoint("inet_sock_set_state")]
    public static unsafe int OnState(in sock socket, int oldState, int newState)
    {
        fixed (sock* at = &socket)
        {
            ulong key = (ulong)at;
            if (newState == SynSent)
            {
                // Whoever calls connect() runs here; the answer arrives in the middle of anybody.
                Attempt attempt = new() { Time = Bpf.KtimeGetNs(), ProcessId = (uint)(Bpf.GetCurrentPidTgid() >> 32) };
                Bpf.GetCurrentComm(out attempt.Command);
                Attempts.Update(in key, in attempt);
            }
            else if (oldState == SynSent)
            {
                ref Attempt attempt = ref Attempts.Lookup(in key);
                if (Bpf.IsNull(ref attempt)) return 0;
                if (newState == Established) Tell(in socket, in attempt);
                Attempts.Delete(in key);
            }
        }

        return 0;
    }

    private static void Tell(in sock socket, in Attempt attempt)
    {
        ulong duration = Bpf.KtimeGetNs() - attempt.Time;
        if (duration < LeastNanoseconds) return;
        var room = Events.Reserve();
        if (room.IsNull) return;
        ref Connected told = ref room.Record;
        ref readonly sock_common common = ref socket.__sk_common;
        told.Nanoseconds = duration;
        told.ProcessId = attempt.ProcessId;
        told.LocalPort = common.skc_num;
        told.RemotePort = NetworkUInt16.FromNetworkOrder(common.skc_dport);
        told.Command = attempt.Command;
        if (common.skc_family == IPv4)
        {
            told.Local = Mapped(common.skc_rcv_saddr);
            told.Remote = Mapped(common.skc_daddr);
        }
        else
        {
            told.Local = common.skc_v6_rcv_saddr;
            told.Remote = common.skc_v6_daddr;
        }

        room.Submit();
    }

    private static IPv6Address Mapped(uint address) => new() { Third = 0xffff, Fourth = IPv4Address.FromNetworkOrder(address) };
}

/// <summary>A connection that waits for an answer.</summary>
public struct Attempt
{
    public ulong Time;
    public uint ProcessId;
    public Text16 Command;

    private uint _unused;
}

/// <summary>A connection that was answered. An IPv4 address is ::ffff:a.b.c.d.</summary>
public struct Connected
{
    public ulong Nanoseconds;
    public uint ProcessId;
    public ushort LocalPort;
    public NetworkUInt16 RemotePort;
    public IPv6Address Local;
    public IPv6Address Remote;
    public Text16 Command;
}
