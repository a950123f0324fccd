// SPDX-License-Identifier: MIT
// Writes one 32-byte record into a ring buffer each time it is run (by BPF_PROG_TEST_RUN), without waking the reader.
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

struct event {
	__u64 sequence;
	__u64 time;
	__u64 values[2];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 16 * 1024 * 1024);
} events SEC(".maps");

__u64 sequence;

#define BPF_RB_NO_WAKEUP 1

SEC("xdp")
int produce(struct xdp_md *ctx)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event)
		return XDP_DROP;
	event->sequence = sequence++;
	event->time = 1;
	event->values[0] = 2;
	event->values[1] = 3;
	bpf_ringbuf_submit(event, BPF_RB_NO_WAKEUP);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
