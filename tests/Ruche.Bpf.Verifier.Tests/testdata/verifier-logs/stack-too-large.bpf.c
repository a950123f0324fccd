// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

static __attribute__((noinline)) int deep(int x)
{
    volatile char more[300];
    more[x & 31] = 1;
    return more[1];
}

SEC("xdp")
int broken(struct xdp_md *ctx)
{
    volatile char first[300];
    first[ctx->rx_queue_index & 31] = 1;
    return deep(first[3]);
}

char LICENSE[] SEC("license") = "GPL";
