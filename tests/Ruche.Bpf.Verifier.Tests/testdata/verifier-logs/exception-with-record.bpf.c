// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

extern void bpf_throw(__u64 cookie) __ksym;

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 4096);
} records SEC(".maps");

SEC("tc")
int broken(struct __sk_buff *packet)
{
    __u64 *record = bpf_ringbuf_reserve(&records, 8, 0);
    if (!record)
        return 0;
    if (packet->len > 9000)
        bpf_throw(0);
    bpf_ringbuf_discard(record, 0);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
