// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
__attribute__((naked)) int broken(struct xdp_md *ctx)
{
    asm volatile("call %[ktime]; r0 = *(u32 *)(r1 + 0); exit" :: [ktime] "i"(BPF_FUNC_ktime_get_ns));
}

char LICENSE[] SEC("license") = "GPL";
