// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("socket")
int broken(struct __sk_buff *skb)
{
    return skb->cb[skb->hash & 3];
}

char LICENSE[] SEC("license") = "GPL";
