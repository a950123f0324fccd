// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary><c>struct sk_msg_md</c>: what a socket is about to send.</summary>
internal static class SocketMessageFields
{
    /// <summary>The fields.</summary>
    public static ContextTable Table { get; } = new(
        "struct sk_msg_md",
        80,
        new("data", 0, 8) { Kind = ValueKind.Packet },
        new("data_end", 8, 8) { Kind = ValueKind.PacketEnd },
        new("family", 16),
        new("remote_ip4", 20),
        new("local_ip4", 24),
        new("remote_ip6", 28, Count: 4),
        new("local_ip6", 44, Count: 4),
        new("remote_port", 60),
        new("local_port", 64),
        new("size", 68),
        new("sk", 72, 8) { Kind = ValueKind.Socket });
}
