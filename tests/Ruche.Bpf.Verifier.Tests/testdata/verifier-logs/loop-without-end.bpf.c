// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int broken(struct xdp_md *ctx)
{
    while (1)
        asm volatile("");
}

char LICENSE[] SEC("license") = "GPL";
