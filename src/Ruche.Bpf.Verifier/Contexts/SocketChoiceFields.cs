// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>The contexts of programs that choose a socket for a packet.</summary>
internal static class SocketChoiceFields
{
    private static readonly KernelRelease PortOfTwoBytes = new(5, 18);

    /// <summary><c>struct sk_reuseport_md</c>.</summary>
    public static ContextTable Reuseport { get; } = new(
        "struct sk_reuseport_md",
        56,
        new("data", 0, 8) { Kind = ValueKind.Packet },
        new("data_end", 8, 8) { Kind = ValueKind.PacketEnd },
        Part("len", 16),
        Part("eth_protocol", 20) with { Reads = AccessSizes.Half | AccessSizes.Word },
        Part("ip_protocol", 24),
        Part("bind_inany", 28),
        new("hash", 32),
        new("sk", 40, 8) { Kind = ValueKind.Socket, Since = new(5, 14) },
        new("migrating_sk", 48, 8) { Kind = ValueKind.SocketCommon, Flags = ValueFlags.MayBeNull, Since = new(5, 14) });

    /// <summary><c>struct bpf_sk_lookup</c>.</summary>
    public static ContextTable Lookup { get; } = new(
        "struct bpf_sk_lookup",
        72,
        new("sk", 0, 8) { Kind = ValueKind.Socket, Flags = ValueFlags.MayBeNull },
        Part("family", 8),
        Part("protocol", 12),
        Part("remote_ip4", 16),
        Part("remote_ip6", 20, 4),
        Part("remote_port", 36) with { Before = PortOfTwoBytes },
        new("remote_port", 36, 2) { Reads = AccessSizes.UpToWord, Reach = 4, Since = PortOfTwoBytes },
        new("remote_port", 38, 2) { Reads = AccessSizes.UpToHalf, Since = PortOfTwoBytes },
        Part("local_ip4", 40),
        Part("local_ip6", 44, 4),
        Part("local_port", 60),
        Part("ingress_ifindex", 64) with { Since = new(5, 17) });

    private static ContextField Part(string name, int offset, int count = 1) =>
        new(name, offset, Count: count) { Reads = AccessSizes.UpToWord };
}
