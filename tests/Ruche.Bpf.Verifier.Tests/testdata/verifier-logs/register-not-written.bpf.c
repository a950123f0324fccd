// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
__attribute__((naked)) int broken(struct xdp_md *ctx)
{
    asm volatile("if r1 != 0 goto +1; r0 = 1; exit" ::: "r0");
}

char LICENSE[] SEC("license") = "GPL";
