// SPDX-License-Identifier: MIT
using static Ruche.Bpf.Verifier.Prototypes.KernelFunctionFlags;
using static Ruche.Bpf.Verifier.Prototypes.KernelFunctionHooks;

namespace Ruche.Bpf.Verifier.Prototypes;

/// <content>Packets, the connections they belong to, and how they are encrypted.</content>
public static partial class KernelFunctionTable
{
    private static KernelFunction[] Packets() =>
    [
        .. For(TrafficControl | SchedAct | SkSkb | SocketFilter | Cgroup | Tunnel | Netfilter | Tracing | StructOps, KernelFunctionLimit.QueueDisciplines,
            Of("bpf_dynptr_from_skb", 6, 4, TrustedArguments)),
        .. For(TrafficControl | SchedAct,
            Of("bpf_dynptr_from_skb_meta", 6, 18, TrustedArguments)),
        .. For(Xdp,
            Of("bpf_dynptr_from_xdp", 6, 4),
            Of("bpf_xdp_pull_data", 6, 18),
            Of("bpf_xdp_flow_lookup", 6, 11, TrustedArguments | ReturnsNull),
            Of("bpf_xdp_get_xfrm_state", 6, 8, Acquire | ReturnsNull),
            Of("bpf_xdp_xfrm_state_release", 6, 8, Release)),
        .. For(Xdp, KernelFunctionLimit.DeviceBound,
            Of("bpf_xdp_metadata_rx_timestamp", 6, 3, TrustedArguments),
            Of("bpf_xdp_metadata_rx_hash", 6, 3, TrustedArguments),
            Of("bpf_xdp_metadata_rx_vlan_tag", 6, 8, TrustedArguments)),
        .. For(Xdp | TrafficControl,
            Of("bpf_xdp_ct_alloc", 6, 0, Acquire | ReturnsNull),
            Of("bpf_xdp_ct_lookup", 5, 18, Acquire | ReturnsNull),
            Of("bpf_skb_ct_alloc", 6, 0, Acquire | ReturnsNull),
            Of("bpf_skb_ct_lookup", 5, 18, Acquire | ReturnsNull),
            Of("bpf_ct_insert_entry", 6, 0, Acquire | ReturnsNull | Release),
            Of("bpf_ct_release", 5, 18, Release),
            Of("bpf_ct_set_timeout", 6, 0, TrustedArguments),
            Of("bpf_ct_change_timeout", 6, 0, TrustedArguments),
            Of("bpf_ct_set_status", 6, 0, TrustedArguments),
            Of("bpf_ct_change_status", 6, 0, TrustedArguments),
            Of("bpf_ct_set_nat_info", 6, 1, TrustedArguments)),
        .. For(TrafficControl,
            Of("bpf_skb_get_xfrm_info", 6, 2),
            Of("bpf_skb_set_xfrm_info", 6, 2),
            Of("bpf_skb_set_fou_encap", 6, 4),
            Of("bpf_skb_get_fou_encap", 6, 4),
            Of("bpf_sk_assign_tcp_reqsk", 6, 9, TrustedArguments)),
        .. For(TrafficControl | SchedAct | Xdp,
            Of("bpf_crypto_decrypt", 6, 10, RcuArguments),
            Of("bpf_crypto_encrypt", 6, 10, RcuArguments)),
        .. For(Syscall,
            Of("bpf_crypto_ctx_create", 6, 10, Acquire | ReturnsNull | Sleepable),
            Of("bpf_crypto_ctx_release", 6, 10, Release),
            Of("bpf_crypto_ctx_acquire", 6, 10, Acquire | RcuArguments | ReturnsNull)),
        .. For(StructOps, KernelFunctionLimit.QueueDisciplines,
            Of("bpf_skb_get_hash", 6, 16, TrustedArguments),
            Of("bpf_kfree_skb", 6, 16, Release),
            Of("bpf_qdisc_skb_drop", 6, 16, Release),
            Of("bpf_qdisc_watchdog_schedule", 6, 16, TrustedArguments),
            Of("bpf_qdisc_init_prologue", 6, 16, TrustedArguments),
            Of("bpf_qdisc_reset_destroy_epilogue", 6, 16, TrustedArguments),
            Of("bpf_qdisc_bstats_update", 6, 16, TrustedArguments)),
    ];
}
