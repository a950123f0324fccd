// SPDX-License-Identifier: MIT
// One record by each way out of a program: a perf buffer, ring buffers with and without a known type, the trace pipe.
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

struct opened {
	__u32 pid;
	char comm[16];
};

const struct opened *opened_type __attribute__((unused));

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(int));
	__uint(value_size, sizeof(int));
} by_perf SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} by_ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} untyped SEC(".maps");

SEC("raw_tp/sys_enter")
int on_enter(struct bpf_raw_tracepoint_args *ctx)
{
	struct opened record = { .pid = bpf_get_current_pid_tgid() >> 32 };
	__u8 bytes[5] = { 0xde, 0xad, 0xbe, 0xef, 0x01 };

	bpf_get_current_comm(record.comm, sizeof(record.comm));
	if (record.comm[0] != 't' || record.comm[1] != 'r' || record.comm[2] != 'u')
		return 0;
	bpf_perf_event_output(ctx, &by_perf, BPF_F_CURRENT_CPU, &record, sizeof(record));
	bpf_ringbuf_output(&by_ring, &record, sizeof(record), 0);
	bpf_ringbuf_output(&untyped, bytes, sizeof(bytes), 0);
	bpf_printk("seen %d", record.pid);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
