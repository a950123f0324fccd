// SPDX-License-Identifier: MIT
// Draws how long system calls take, as a histogram with one slot for each power of two nanoseconds.
//
//   sudo ./ruche run samples/c/syscall_latency.bpf.c
//
// target_pid limits it to one process; 0 means all.
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>

#define SLOTS 64

const volatile __u32 target_pid = 0;

// Thread id to the time at which its current system call began. A thread that never returns (exit) is evicted in time.
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, __u32);
	__type(value, __u64);
} started SEC(".maps");

// Slot n counts the calls that took from 2^n to 2^(n+1)-1 nanoseconds.
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, SLOTS);
	__type(key, __u32);
	__type(value, __u64);
} latency_hist SEC(".maps");

// The position of the highest set bit, by halving; a loop would cost the verifier and every event more.
static __always_inline __u32 log2(__u64 value)
{
	__u32 bit = 0;

	if (value >> 32) {
		value >>= 32;
		bit += 32;
	}
	if (value >> 16) {
		value >>= 16;
		bit += 16;
	}
	if (value >> 8) {
		value >>= 8;
		bit += 8;
	}
	if (value >> 4) {
		value >>= 4;
		bit += 4;
	}
	if (value >> 2) {
		value >>= 2;
		bit += 2;
	}
	return bit + (value >> 1);
}

SEC("tracepoint/raw_syscalls/sys_enter")
int enter(struct trace_event_raw_sys_enter *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	__u32 thread = id;
	__u64 now;

	if (target_pid && target_pid != id >> 32)
		return 0;
	now = bpf_ktime_get_ns();
	bpf_map_update_elem(&started, &thread, &now, BPF_ANY);
	return 0;
}

SEC("tracepoint/raw_syscalls/sys_exit")
int leave(struct trace_event_raw_sys_exit *ctx)
{
	__u32 thread = bpf_get_current_pid_tgid();
	__u64 *start = bpf_map_lookup_elem(&started, &thread);
	__u64 *count;
	__u32 slot;

	// It began before we were attached, or belongs to a process that was not asked for.
	if (!start)
		return 0;
	slot = log2(bpf_ktime_get_ns() - *start);
	bpf_map_delete_elem(&started, &thread);

	count = bpf_map_lookup_elem(&latency_hist, &slot);
	if (count)
		__sync_fetch_and_add(count, 1);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
