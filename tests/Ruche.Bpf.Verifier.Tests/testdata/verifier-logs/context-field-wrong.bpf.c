// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("socket")
int broken(struct __sk_buff *skb)
{
    return skb->tstamp;
}

char LICENSE[] SEC("license") = "GPL";
