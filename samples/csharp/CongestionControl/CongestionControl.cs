// SPDX-License-Identifier: MIT
// Since Linux 6.4: tables of functions that are taken back when the program ends.
using Ruche.Bpf.Kernel;

namespace Samples;

/// <summary>
/// Decides how much each TCP connection that asks for it sends at a time, in the manner of Reno: a little more for each round trip that goes well, half as much
/// when something is lost. How much may be on the way unanswered is the congestion window, counted in packets.
/// </summary>
[BpfObject]
public static unsafe class CongestionControl
{
    private const uint SmallestWindow = 2;

    /// <summary>What the kernel is given: its functions are the programs below, each the member of its name (<c>CongAvoid</c> is <c>cong_avoid</c>).</summary>
    [BpfMap(Flags = MapFlags.Link), StructOpsValue("name", Name)]
    public static readonly BpfStructOps<tcp_congestion_ops> Aimd = default;

    /// <summary>How many connections have begun to use it.</summary>
    private static ulong Connections;

    /// <summary>How often a window was halved.</summary>
    private static ulong Losses;

    /// <summary>By this name a connection chooses it.</summary>
    public const string Name = "ruche_aimd";

    /// <summary>A connection begins to use it.</summary>
    [StructOps]
    public static void Init(sock* socket) => Interlocked.Increment(ref Connections);

    /// <summary>Packets were lost: the window up to which the connection may grow fast from now on.</summary>
    [StructOps]
    public static uint Ssthresh(sock* socket)
    {
        Interlocked.Increment(ref Losses);
        return Math.Max(((tcp_sock*)socket)->snd_cwnd / 2, SmallestWindow);
    }

    /// <summary>Packets were answered: the window grows, by one for each of them at first, by one for each full window later.</summary>
    [StructOps]
    public static void CongAvoid(sock* socket, uint answered, uint packets)
    {
        // Every socket that uses a congestion control is one of TCP, which begins with the fields of all sockets.
        tcp_sock* tcp = (tcp_sock*)socket;
        uint window = tcp->snd_cwnd;

        // A connection that does not use its window does not learn that it could be larger.
        if (window >= 2 * tcp->max_packets_out) return;
        if (window < tcp->snd_ssthresh)
        {
            uint grown = Math.Min(window + packets, tcp->snd_ssthresh);
            packets -= grown - window;
            window = grown;
        }

        uint counted = tcp->snd_cwnd_cnt + packets;
        if (counted >= window)
        {
            counted -= window;
            window++;
        }

        tcp->snd_cwnd_cnt = counted;
        tcp->snd_cwnd = Math.Min(window, tcp->snd_cwnd_clamp);
    }

    /// <summary>Nothing had been lost after all: the window that the connection goes back to.</summary>
    [StructOps]
    public static uint UndoCwnd(sock* socket) => Math.Max(((tcp_sock*)socket)->snd_cwnd, ((tcp_sock*)socket)->prior_cwnd);
}
