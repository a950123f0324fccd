// SPDX-License-Identifier: MIT
// How long threads that could run wait for a CPU.
#include "trace.h"

#define LAST_SLOT 25
#define TASK_RUNNING 0

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, __u32);
	__type(value, __u64);
} ready SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, LAST_SLOT + 1);
	__type(key, __u32);
	__type(value, __u64);
} slots SEC(".maps");

static __always_inline int note(int thread)
{
	__u64 now = bpf_ktime_get_ns();
	if (thread)
		bpf_map_update_elem(&ready, &thread, &now, BPF_ANY);
	return 0;
}

SEC("tp_btf/sched_wakeup")
int BPF_PROG(on_wakeup, struct task_struct *task)
{
	return note(task->pid);
}

SEC("tp_btf/sched_wakeup_new")
int BPF_PROG(on_new, struct task_struct *task)
{
	return note(task->pid);
}

SEC("tp_btf/sched_switch")
int BPF_PROG(on_switch, bool preempted, struct task_struct *from, struct task_struct *to)
{
	if (preempted)
		note(from->pid);
	int thread = to->pid;
	__u64 *since = bpf_map_lookup_elem(&ready, &thread);
	if (!since)
		return 0;
	__u64 waited = (bpf_ktime_get_ns() - *since) / 1000;
	__u32 slot = 0;
	while (waited > 1 && slot < LAST_SLOT) {
		waited >>= 1;
		slot++;
	}
	__u64 *count = bpf_map_lookup_elem(&slots, &slot);
	if (count)
		__sync_fetch_and_add(count, 1);
	bpf_map_delete_elem(&ready, &thread);
	return 0;
}
