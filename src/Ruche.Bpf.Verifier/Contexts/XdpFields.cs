// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary><c>struct xdp_md</c>: the packet as XDP programs get it.</summary>
internal static class XdpFields
{
    /// <summary>The fields. Offloaded programs could write one of them, and nobody offloads programs to a machine that predicts.</summary>
    public static ContextTable Table { get; } = new(
        "struct xdp_md",
        24,
        new("data", 0) { Kind = ValueKind.Packet },
        new("data_end", 4) { Kind = ValueKind.PacketEnd },
        new("data_meta", 8) { Kind = ValueKind.PacketMeta },
        new("ingress_ifindex", 12),
        new("rx_queue_index", 16),
        new("egress_ifindex", 20) { Readers = Audience.Of(AttachType.XdpDevMap) });
}
