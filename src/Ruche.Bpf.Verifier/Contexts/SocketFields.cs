// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Profiles;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary><c>struct bpf_sock</c>, as the context of cgroup sock programs and behind pointers to sockets.</summary>
internal static class SocketFields
{
    private static readonly KernelRelease PortOfTwoBytes = new(5, 18);
    private static readonly Audience Lifetime = Audience.Of(AttachType.CgroupInetSockCreate, AttachType.CgroupInetSockRelease);
    private static readonly Audience Bound4 = Audience.Of(AttachType.CgroupInet4PostBind);
    private static readonly Audience Bound6 = Audience.Of(AttachType.CgroupInet6PostBind);

    private static readonly ContextField Interface = new("bound_dev_if", 0);
    private static readonly ContextField Family = FromStart("family", 4);
    private static readonly ContextField Kind = FromStart("type", 8);
    private static readonly ContextField Protocol = FromStart("protocol", 12);
    private static readonly ContextField Mark = new("mark", 16);
    private static readonly ContextField Priority = new("priority", 20);
    private static readonly ContextField SourceAddress4 = new("src_ip4", 24) { Reads = AccessSizes.UpToWord };
    private static readonly ContextField SourceAddress6 = new("src_ip6", 28, Count: 4) { Reads = AccessSizes.UpToWord };
    private static readonly ContextField SourcePort = FromStart("src_port", 44);

    private static readonly ContextField[] Remote =
    [
        FromStart("dst_port", 48) with { Before = PortOfTwoBytes },
        new("dst_port", 48, 2) { Reads = AccessSizes.UpToWord, Reach = 4, Since = PortOfTwoBytes },
        new("dst_ip4", 52) { Reads = AccessSizes.UpToWord },
        new("dst_ip6", 56, Count: 4) { Reads = AccessSizes.UpToWord },
        FromStart("state", 72),
        FromStart("rx_queue_mapping", 76),
    ];

    /// <summary>As a context: what may be read depends on what happens to the socket.</summary>
    public static ContextTable Context { get; } = new(
        "struct bpf_sock",
        80,
        [
            Interface with { Readers = Lifetime, Writers = Lifetime },
            Family,
            Kind,
            Protocol,
            Mark with { Readers = Lifetime, Writers = Lifetime },
            Priority with { Readers = Lifetime, Writers = Lifetime },
            SourceAddress4 with { Readers = Bound4 },
            SourceAddress6 with { Readers = Bound6 },
            SourcePort with { Readers = Bound4 | Bound6 },
            .. Remote,
        ]);

    /// <summary>Behind a pointer to a full socket.</summary>
    public static ContextTable Full { get; } = new(
        "struct bpf_sock",
        80,
        [Interface, Family, Kind, Protocol, Mark, Priority, SourceAddress4, SourceAddress6, SourcePort, .. Remote]);

    /// <summary>Behind a pointer to a socket that may be a connection request or in TIME_WAIT, and then has no more than this.</summary>
    public static ContextTable Common { get; } = new(
        "the common part of struct bpf_sock",
        80,
        [Interface, Family, SourceAddress4, SourceAddress6, SourcePort, .. Remote]);

    /// <summary><c>struct bpf_tcp_sock</c>.</summary>
    public static ContextTable Tcp { get; } = new(
        "struct bpf_tcp_sock",
        112,
        new("snd_cwnd", 0),
        new("srtt_us", 4),
        new("rtt_min", 8),
        new("snd_ssthresh", 12),
        new("rcv_nxt", 16),
        new("snd_nxt", 20),
        new("snd_una", 24),
        new("mss_cache", 28),
        new("ecn_flags", 32),
        new("rate_delivered", 36),
        new("rate_interval_us", 40),
        new("packets_out", 44),
        new("retrans_out", 48),
        new("total_retrans", 52),
        new("segs_in", 56),
        new("data_segs_in", 60),
        new("segs_out", 64),
        new("data_segs_out", 68),
        new("lost_out", 72),
        new("sacked_out", 76),
        new("bytes_received", 80, 8),
        new("bytes_acked", 88, 8),
        new("dsack_dups", 96),
        new("delivered", 100),
        new("delivered_ce", 104),
        new("icsk_retransmits", 108));

    /// <summary><c>struct bpf_xdp_sock</c>.</summary>
    public static ContextTable Xdp { get; } = new("struct bpf_xdp_sock", 4, new ContextField("queue_id", 0));

    private static ContextField FromStart(string name, int offset) =>
        new(name, offset) { Reads = AccessSizes.UpToWord, IsReadFromStart = true };
}
