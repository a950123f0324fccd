// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("tc")
int broken(struct __sk_buff *skb)
{
    __u8 *data = (__u8 *)(long)skb->data, *end = (__u8 *)(long)skb->data_end;
    if (data + 14 > end)
        return 0;
    bpf_skb_pull_data(skb, 14);
    return data[12];
}

char LICENSE[] SEC("license") = "GPL";
