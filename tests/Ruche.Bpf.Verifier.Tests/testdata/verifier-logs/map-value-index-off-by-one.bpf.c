// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 4);
    __type(key, __u32);
    __type(value, struct { __u8 bytes[16]; });
} values SEC(".maps");

SEC("xdp")
int broken(struct xdp_md *ctx)
{
    __u32 key = 0, index = ctx->rx_queue_index;
    struct { __u8 bytes[16]; } *value = bpf_map_lookup_elem(&values, &key);
    if (!value || index > 16)
        return XDP_PASS;
    value->bytes[index] = 1;
    return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
