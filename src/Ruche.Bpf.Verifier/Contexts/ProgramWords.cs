// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>What programs are called in refusals.</summary>
internal static class ProgramWords
{
    /// <summary>One program of a type: "a socket filter", "an lwt program".</summary>
    public static string Singular(ProgramType type) => type switch
    {
        ProgramType.SocketFilter => "a socket filter",
        ProgramType.LwtIn or ProgramType.LwtOut or ProgramType.LwtXmit or ProgramType.LwtSeg6Local => "an lwt program",
        _ => $"a {Of(type)} program",
    };

    /// <summary>One program for a hook: "an xdp program".</summary>
    public static string Singular(AttachType hook) => $"{(Of(hook)[0] is 'x' ? "an" : "a")} {Of(hook)} program";

    /// <summary>A type, as it stands before "program"; types that share their rules share their word.</summary>
    public static string Of(ProgramType type) => type switch
    {
        ProgramType.SocketFilter => "socket filter",
        ProgramType.SchedCls or ProgramType.SchedAct => "tc",
        ProgramType.CgroupSkb => "cgroup_skb",
        ProgramType.LwtIn or ProgramType.LwtOut or ProgramType.LwtXmit or ProgramType.LwtSeg6Local => "lwt",
        ProgramType.SkSkb => "sk_skb",
        ProgramType.FlowDissector => "flow_dissector",
        _ => type.ToString(),
    };

    /// <summary>A hook, as programs for it name their section.</summary>
    public static string Of(AttachType hook) => hook switch
    {
        AttachType.XdpDevMap => "xdp/devmap",
        AttachType.XdpCpuMap => "xdp/cpumap",
        AttachType.Xdp => "xdp",
        AttachType.CgroupInetSockCreate => "cgroup/sock_create",
        AttachType.CgroupInetSockRelease => "cgroup/sock_release",
        AttachType.CgroupInet4PostBind => "cgroup/post_bind4",
        AttachType.CgroupInet6PostBind => "cgroup/post_bind6",
        AttachType.CgroupInet4Bind => "cgroup/bind4",
        AttachType.CgroupInet6Bind => "cgroup/bind6",
        AttachType.CgroupInet4Connect => "cgroup/connect4",
        AttachType.CgroupInet6Connect => "cgroup/connect6",
        AttachType.CgroupUnixConnect => "cgroup/connect_unix",
        AttachType.CgroupUdp4SendMsg => "cgroup/sendmsg4",
        AttachType.CgroupUdp6SendMsg => "cgroup/sendmsg6",
        AttachType.CgroupUnixSendMsg => "cgroup/sendmsg_unix",
        AttachType.CgroupUdp4RecvMsg => "cgroup/recvmsg4",
        AttachType.CgroupUdp6RecvMsg => "cgroup/recvmsg6",
        AttachType.CgroupUnixRecvMsg => "cgroup/recvmsg_unix",
        AttachType.CgroupInet4GetPeerName => "cgroup/getpeername4",
        AttachType.CgroupInet6GetPeerName => "cgroup/getpeername6",
        AttachType.CgroupUnixGetPeerName => "cgroup/getpeername_unix",
        AttachType.CgroupInet4GetSockName => "cgroup/getsockname4",
        AttachType.CgroupInet6GetSockName => "cgroup/getsockname6",
        AttachType.CgroupUnixGetSockName => "cgroup/getsockname_unix",
        AttachType.CgroupGetSockOpt => "cgroup/getsockopt",
        AttachType.CgroupSetSockOpt => "cgroup/setsockopt",
        _ => hook.ToString(),
    };
}
