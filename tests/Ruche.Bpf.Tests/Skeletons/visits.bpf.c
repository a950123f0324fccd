// SPDX-License-Identifier: MIT
// Counts the system calls of one process. VisitsObject.cs is its skeleton.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

enum side { NEITHER, ENTER, LEAVE };

struct visit {
	__u64 number;
	__u32 thread;
	enum side side;
	unsigned failed : 1;
	unsigned seen : 15;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 512);
	__type(key, __u32);
	__type(value, struct visit);
} last_visit SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u64);
} hits SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 65536);
} visits SEC(".maps");

const struct visit *record __attribute__((unused));

const volatile __u32 target_pid = 0;
const volatile _Bool is_loud = 0;
__u64 total = 0;
struct visit newest = {.number = 1, .side = NEITHER};
char motto[8] = "none";

static void note(struct visit *visit)
{
	newest = *visit;
	if (is_loud)
		bpf_ringbuf_output(&visits, visit, sizeof(*visit), 0);
}

SEC("tracepoint/raw_syscalls/sys_enter")
int enter(void *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();
	struct visit visit = {};
	__u32 pid = id >> 32, slot = 1;
	__u64 *hit;

	if (pid != target_pid)
		return 0;
	visit.number = __sync_fetch_and_add(&total, 1);
	visit.thread = id;
	visit.side = ENTER;
	visit.seen = 12345;
	bpf_map_update_elem(&last_visit, &pid, &visit, BPF_ANY);
	hit = bpf_map_lookup_elem(&hits, &slot);
	if (hit)
		*hit += 1;
	note(&visit);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
