// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int broken(struct xdp_md *ctx)
{
    return bpf_get_current_pid_tgid() >> 40 ? bpf_skb_load_bytes(ctx, 0, ctx, 4) : XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
