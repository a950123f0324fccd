// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 4096);
} records SEC(".maps");

SEC("xdp")
int broken(struct xdp_md *ctx)
{
    __u64 *record = bpf_ringbuf_reserve(&records, 8, 0);
    if (!record)
        return XDP_PASS;
    if (ctx->rx_queue_index == 7)
        return XDP_DROP;
    *record = 1;
    bpf_ringbuf_submit(record, 0);
    return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
