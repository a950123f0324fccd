// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct guarded { struct bpf_spin_lock lock; __u32 count; };

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 4);
    __type(key, __u32);
    __type(value, struct guarded);
} values SEC(".maps");

SEC("tc")
int broken(struct __sk_buff *skb)
{
    __u32 key = 0;
    struct guarded *value = bpf_map_lookup_elem(&values, &key);
    if (!value)
        return 0;
    bpf_spin_lock(&value->lock);
    if (value->count++ > 5)
        return 0;
    bpf_spin_unlock(&value->lock);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
