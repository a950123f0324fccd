// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary><c>struct bpf_sock_addr</c>: the address that a system call was given, or gives back.</summary>
internal static class SocketAddressFields
{
    private static readonly Audience SendsTo4 = Audience.Of(AttachType.CgroupUdp4SendMsg);
    private static readonly Audience SendsTo6 = Audience.Of(AttachType.CgroupUdp6SendMsg);

    private static readonly Audience Has4 = SendsTo4 | Audience.Of(
        AttachType.CgroupInet4Bind,
        AttachType.CgroupInet4Connect,
        AttachType.CgroupUdp4RecvMsg,
        AttachType.CgroupInet4GetPeerName,
        AttachType.CgroupInet4GetSockName);

    private static readonly Audience Has6 = SendsTo6 | Audience.Of(
        AttachType.CgroupInet6Bind,
        AttachType.CgroupInet6Connect,
        AttachType.CgroupUdp6RecvMsg,
        AttachType.CgroupInet6GetPeerName,
        AttachType.CgroupInet6GetSockName);

    /// <summary>The fields; those of the other family do not exist for a program.</summary>
    public static ContextTable Table { get; } = new(
        "struct bpf_sock_addr",
        72,
        new("user_family", 0),
        Address4("user_ip4", 4, Has4),
        Address6("user_ip6", 8, Has6),
        Address4("user_port", 24, Audience.Everyone),
        new("family", 28),
        new("type", 32),
        new("protocol", 36),
        Address4("msg_src_ip4", 40, SendsTo4),
        Address6("msg_src_ip6", 44, SendsTo6),
        new("sk", 64, 8) { Kind = ValueKind.Socket });

    private static ContextField Address4(string name, int offset, Audience audience) =>
        new(name, offset) { Reads = AccessSizes.UpToWord, Readers = audience, Writers = audience };

    private static ContextField Address6(string name, int offset, Audience audience) => new(name, offset, Count: 4)
    {
        Reads = AccessSizes.Any,
        Writes = AccessSizes.Word | AccessSizes.Double,
        Readers = audience,
        Writers = audience,
    };
}
