// SPDX-License-Identifier: MIT
// The same text by a perf buffer and by a ring buffer, at every run, for the cases of ruche bpf map event_pipe.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
    __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
    __uint(key_size, sizeof(int));
    __uint(value_size, sizeof(int));
    __uint(max_entries, 64);
} by_perf SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 4096);
} by_ring SEC(".maps");

SEC("xdp")
int greet(struct xdp_md *ctx)
{
    char text[] = "hello, kernel's pipe";
    bpf_perf_event_output(ctx, &by_perf, BPF_F_CURRENT_CPU, text, sizeof(text));
    bpf_ringbuf_output(&by_ring, text, sizeof(text), 0);
    return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
