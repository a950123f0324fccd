// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int broken(struct xdp_md *ctx)
{
    volatile __u32 sum = 0;
    for (__u32 i = 0; i < 10000000; i++)
        sum += i;
    return sum;
}

char LICENSE[] SEC("license") = "GPL";
