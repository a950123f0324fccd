// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary><c>struct __sk_buff</c>: the packet that socket filters, tc, cgroup_skb, lwt, sk_skb and flow dissector programs get.</summary>
internal static class SkBuffFields
{
    private static readonly Audience Filter = Audience.Of(ProgramType.SocketFilter);
    private static readonly Audience Tc = Audience.Of(ProgramType.SchedCls, ProgramType.SchedAct);
    private static readonly Audience Cgroup = Audience.Of(ProgramType.CgroupSkb);
    private static readonly Audience Lwt =
        Audience.Of(ProgramType.LwtIn, ProgramType.LwtOut, ProgramType.LwtXmit, ProgramType.LwtSeg6Local);

    private static readonly Audience SkSkb = Audience.Of(ProgramType.SkSkb);
    private static readonly Audience Dissector = Audience.Of(ProgramType.FlowDissector);
    private static readonly Audience AllButDissector = Filter | Tc | Cgroup | Lwt | SkSkb;

    /// <summary>The fields.</summary>
    public static ContextTable Table { get; } = new(
        "struct __sk_buff",
        192,
        Number("len", 0),
        Number("pkt_type", 4),
        Number("mark", 8) with { Readers = Filter | Tc | Cgroup | Lwt, Writers = Tc | Cgroup | Lwt },
        Number("queue_mapping", 12) with { Writers = Tc },
        Number("protocol", 16),
        Number("vlan_present", 20),
        Number("vlan_tci", 24),
        Number("vlan_proto", 28),
        Number("priority", 32) with { Writers = Tc | Cgroup | Lwt | SkSkb },
        Number("ingress_ifindex", 36),
        Number("ifindex", 40),
        Number("tc_index", 44) with { Writers = Tc | SkSkb },
        new("cb", 48, Count: 5)
        {
            Reads = AccessSizes.Any,
            Writes = AccessSizes.Any,
            Readers = AllButDissector,
            Writers = Filter | Tc | Cgroup | Lwt,
        },
        Number("hash", 68),
        Number("tc_classid", 72) with { Readers = Tc, Writers = Tc },
        new("data", 76) { IsReadPrivileged = true, Kind = ValueKind.Packet, Readers = Tc | Cgroup | Lwt | SkSkb | Dissector },
        new("data_end", 80) { IsReadPrivileged = true, Kind = ValueKind.PacketEnd, Readers = Tc | Cgroup | Lwt | SkSkb | Dissector },
        Number("napi_id", 84),
        Number("family", 88) with { Readers = Cgroup | SkSkb },
        new("remote_ip4", 92) { Readers = Cgroup | SkSkb },
        new("local_ip4", 96) { Readers = Cgroup | SkSkb },
        new("remote_ip6", 100, Count: 4) { Readers = Cgroup | SkSkb },
        new("local_ip6", 116, Count: 4) { Readers = Cgroup | SkSkb },
        Number("remote_port", 132) with { Readers = Cgroup | SkSkb },
        Number("local_port", 136) with { Readers = Cgroup | SkSkb },
        new("data_meta", 140) { Kind = ValueKind.PacketMeta, Readers = Tc },
        new("flow_keys", 144, 8) { Kind = ValueKind.FlowKeys, Readers = Dissector },
        new("tstamp", 152, 8) { IsWritePrivileged = true, Readers = Tc | Cgroup, Writers = Tc | Cgroup },
        Number("wire_len", 160) with { Readers = Tc },
        Number("gso_segs", 164),
        new("sk", 168, 8) { Kind = ValueKind.SocketCommon, Flags = ValueFlags.MayBeNull, Readers = AllButDissector },
        Number("gso_size", 176),
        new("tstamp_type", 180, 1) { Readers = Tc, Since = new(5, 18) },
        new("hwtstamp", 184, 8) { Readers = Tc | Cgroup, Since = new(5, 16) });

    private static ContextField Number(string name, int offset) =>
        new(name, offset) { Reads = AccessSizes.UpToWord, Readers = AllButDissector };
}
