// SPDX-License-Identifier: MIT
// Counts the system calls of every process.
#include "trace.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

SEC("tracepoint/raw_syscalls/sys_enter")
int on_enter(struct trace_event_raw_sys_enter *ctx)
{
	__u32 process = bpf_get_current_pid_tgid() >> 32;
	__u64 *count = bpf_map_lookup_elem(&counts, &process);
	if (!count) {
		__u64 zero = 0;
		bpf_map_update_elem(&counts, &process, &zero, BPF_NOEXIST);
		count = bpf_map_lookup_elem(&counts, &process);
		if (!count)
			return 0;
	}
	__sync_fetch_and_add(count, 1);
	return 0;
}
