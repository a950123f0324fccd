// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Uapi;

/// <summary>What holds an attachment: <c>enum bpf_link_type</c>.</summary>
public enum LinkType : uint
{
    Unspec = 0,
    RawTracepoint = 1,
    Tracing = 2,
    Cgroup = 3,
    Iter = 4,
    NetNs = 5,
    Xdp = 6,
    PerfEvent = 7,
    KprobeMulti = 8,
    StructOps = 9,
    Netfilter = 10,
    Tcx = 11,
    UprobeMulti = 12,
    Netkit = 13,
    SockMap = 14,
    TracingMulti = 15,
}
