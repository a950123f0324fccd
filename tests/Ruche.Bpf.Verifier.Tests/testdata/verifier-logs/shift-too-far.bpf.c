// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("socket")
__attribute__((naked)) int broken(struct __sk_buff *skb)
{
    asm volatile("r0 = 5; r0 <<= 64; exit");
}

char LICENSE[] SEC("license") = "GPL";
