// SPDX-License-Identifier: MIT
// Counts the system calls of every process.
//
//   sudo ./ruche run samples/c/syscall_tracer.bpf.c
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

// Process id to number of system calls since the program was attached.
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, __u32);
	__type(value, __u64);
} syscall_count SEC(".maps");

SEC("tracepoint/raw_syscalls/sys_enter")
int trace_syscall_enter(struct trace_event_raw_sys_enter *ctx)
{
	// The upper half is what user space calls the process id, the lower half the thread id.
	__u32 pid = bpf_get_current_pid_tgid() >> 32;
	__u64 *count = bpf_map_lookup_elem(&syscall_count, &pid);
	__u64 zero = 0;

	if (!count) {
		// Another thread of the process may get here first: then its entry stays and is counted up below.
		bpf_map_update_elem(&syscall_count, &pid, &zero, BPF_NOEXIST);
		count = bpf_map_lookup_elem(&syscall_count, &pid);
		if (!count)
			return 0;
	}
	__sync_fetch_and_add(count, 1);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
