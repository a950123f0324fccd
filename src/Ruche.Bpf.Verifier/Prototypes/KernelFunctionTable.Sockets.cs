// SPDX-License-Identifier: MIT
using static Ruche.Bpf.Verifier.Prototypes.KernelFunctionFlags;
using static Ruche.Bpf.Verifier.Prototypes.KernelFunctionHooks;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <content>Sockets and the control of congestion.</content>
public static partial class KernelFunctionTable
{
    private static KernelFunction[] Sockets() =>
    [
        .. For(Cgroup,
            Of("bpf_sock_addr_set_sun_path", 6, 7),
            Of("bpf_sock_ops_enable_tx_tstamp", 6, 15, TrustedArguments)),
        .. For(Tracing, KernelFunctionLimit.Iterators,
            Of("bpf_sock_destroy", 6, 5, TrustedArguments)),
        .. For(StructOps,
            Of("tcp_reno_ssthresh", 5, 13),
            Of("tcp_reno_cong_avoid", 5, 13),
            Of("tcp_reno_undo_cwnd", 5, 13),
            Of("tcp_slow_start", 5, 13),
            Of("tcp_cong_avoid_ai", 5, 13),
            Of("cubictcp_init", 5, 13),
            Of("cubictcp_recalc_ssthresh", 5, 13),
            Of("cubictcp_cong_avoid", 5, 13),
            Of("cubictcp_state", 5, 13),
            Of("cubictcp_cwnd_event", 5, 13),
            Of("cubictcp_acked", 5, 13),
            Of("dctcp_init", 5, 13),
            Of("dctcp_update_alpha", 5, 13),
            Of("dctcp_cwnd_event", 5, 13),
            Of("dctcp_ssthresh", 5, 13),
            Of("dctcp_cwnd_undo", 5, 13),
            Of("dctcp_state", 5, 13),
            Of("bbr_init", 5, 13),
            Of("bbr_main", 5, 13),
            Of("bbr_sndbuf_expand", 5, 13),
            Of("bbr_undo_cwnd", 5, 13),
            Of("bbr_cwnd_event", 5, 13),
            Of("bbr_ssthresh", 5, 13),
            Of("bbr_min_tso_segs", 5, 13),
            Of("bbr_set_state", 5, 13)),
        .. For(ModifyReturn,
            Of("update_socket_protocol", 6, 6)),
    ];
}
