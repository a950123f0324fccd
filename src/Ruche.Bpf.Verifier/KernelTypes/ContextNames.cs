// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Verifier.KernelTypes;

/// <summary>The structs that stand for the contexts of programs in the signatures of global functions.</summary>
internal static class ContextNames
{
    /// <summary>Whether a pointer to a type of such a name (as written, and behind typedefs) is the context of a program.</summary>
    public static bool Is(ProgramType type, AttachType? attach, string written, string name) => type switch
    {
        ProgramType.SocketFilter or ProgramType.SchedCls or ProgramType.SchedAct or ProgramType.CgroupSkb or ProgramType.LwtIn or ProgramType.LwtOut
            or ProgramType.LwtXmit or ProgramType.LwtSeg6Local or ProgramType.SkSkb or ProgramType.FlowDissector => name is "__sk_buff",
        ProgramType.Xdp => name is "xdp_md",
        ProgramType.CgroupSock => name is "bpf_sock",
        ProgramType.CgroupSockAddr => name is "bpf_sock_addr",
        ProgramType.SockOps => name is "bpf_sock_ops",
        ProgramType.SkMsg => name is "sk_msg_md",
        ProgramType.SkReuseport => name is "sk_reuseport_md",
        ProgramType.SkLookup => name is "bpf_sk_lookup",
        ProgramType.CgroupSysctl => name is "bpf_sysctl",
        ProgramType.CgroupSockOpt => name is "bpf_sockopt",
        ProgramType.CgroupDevice => name is "bpf_cgroup_dev_ctx",
        ProgramType.Netfilter => name is "bpf_nf_ctx",
        ProgramType.Kprobe => written is "bpf_user_pt_regs_t" || name is "pt_regs" or "user_pt_regs",
        ProgramType.PerfEvent => name is "bpf_perf_event_data" || written is "bpf_user_pt_regs_t" || name is "pt_regs",
        ProgramType.RawTracepoint or ProgramType.RawTracepointWritable => name is "bpf_raw_tracepoint_args",
        _ => false,
    };
}
