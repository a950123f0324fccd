// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary><c>struct bpf_sock_ops</c>: what happens to a TCP connection.</summary>
internal static class SocketOperationFields
{
    /// <summary>The fields. <c>args</c>, <c>reply</c> and <c>replylong</c> share their bytes; only <c>reply</c> is written.</summary>
    public static ContextTable Table { get; } = new(
        "struct bpf_sock_ops",
        224,
        new("op", 0),
        new("reply", 4) { Writers = Audience.Everyone },
        new("args[1]", 8, Count: 3),
        new("family", 20),
        new("remote_ip4", 24),
        new("local_ip4", 28),
        new("remote_ip6", 32, Count: 4),
        new("local_ip6", 48, Count: 4),
        new("remote_port", 64),
        new("local_port", 68),
        new("is_fullsock", 72),
        new("snd_cwnd", 76),
        new("srtt_us", 80),
        new("bpf_sock_ops_cb_flags", 84),
        new("state", 88),
        new("rtt_min", 92),
        new("snd_ssthresh", 96),
        new("rcv_nxt", 100),
        new("snd_nxt", 104),
        new("snd_una", 108),
        new("mss_cache", 112),
        new("ecn_flags", 116),
        new("rate_delivered", 120),
        new("rate_interval_us", 124),
        new("packets_out", 128),
        new("retrans_out", 132),
        new("total_retrans", 136),
        new("segs_in", 140),
        new("data_segs_in", 144),
        new("segs_out", 148),
        new("data_segs_out", 152),
        new("lost_out", 156),
        new("sacked_out", 160),
        new("sk_txhash", 164) { Writers = Audience.Everyone },
        new("bytes_received", 168, 8),
        new("bytes_acked", 176, 8),
        new("sk", 184, 8) { Kind = ValueKind.Socket, Flags = ValueFlags.MayBeNull },
        new("skb_data", 192, 8) { Kind = ValueKind.Packet },
        new("skb_data_end", 200, 8) { Kind = ValueKind.PacketEnd },
        new("skb_len", 208),
        new("skb_tcp_flags", 212) { Reads = AccessSizes.UpToWord, IsReadFromStart = true },
        new("skb_hwtstamp", 216, 8) { Since = new(6, 2) });
}
