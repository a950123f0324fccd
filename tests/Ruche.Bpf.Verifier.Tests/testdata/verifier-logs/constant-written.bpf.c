// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

const volatile __u32 limit = 5;

SEC("xdp")
int broken(struct xdp_md *ctx)
{
    *(volatile __u32 *)&limit = 6;
    return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
