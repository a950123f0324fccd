// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
__attribute__((naked)) int broken(struct xdp_md *ctx)
{
    asm volatile("r0 = 0; *(u64 *)(r10 - 520) = r0; exit");
}

char LICENSE[] SEC("license") = "GPL";
