// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>The contexts of cgroup programs about sysctls, socket options and devices.</summary>
internal static class CgroupFields
{
    private static readonly Audience Getter = Audience.Of(AttachType.CgroupGetSockOpt);
    private static readonly Audience Setter = Audience.Of(AttachType.CgroupSetSockOpt);

    /// <summary><c>struct bpf_sysctl</c>.</summary>
    public static ContextTable Sysctl { get; } = new(
        "struct bpf_sysctl",
        8,
        new("write", 0) { Reads = AccessSizes.UpToWord },
        new("file_pos", 4) { Reads = AccessSizes.UpToWord, Writers = Audience.Everyone });

    /// <summary><c>struct bpf_sockopt</c>.</summary>
    public static ContextTable SocketOption { get; } = new(
        "struct bpf_sockopt",
        40,
        new("sk", 0, 8) { Kind = ValueKind.Socket },
        new("optval", 8, 8) { Kind = ValueKind.Packet },
        new("optval_end", 16, 8) { Kind = ValueKind.PacketEnd },
        new("level", 24) { Writers = Setter },
        new("optname", 28) { Writers = Setter },
        new("optlen", 32) { Writers = Getter | Setter },
        new("retval", 36) { Readers = Getter, Writers = Getter });

    /// <summary><c>struct bpf_cgroup_dev_ctx</c>.</summary>
    public static ContextTable Device { get; } = new(
        "struct bpf_cgroup_dev_ctx",
        12,
        new("access_type", 0) { Reads = AccessSizes.UpToWord },
        new("major", 4),
        new("minor", 8));
}
