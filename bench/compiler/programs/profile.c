// SPDX-License-Identifier: MIT
// Counts on which stacks of which programs time is spent.
#include "trace.h"

struct place {
	__u32 process;
	int kernel, user;
	char name[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 10240);
	__type(key, struct place);
	__type(value, __u64);
} counts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 4096);
	__uint(key_size, 4);
	__uint(value_size, 1016);
} stacks SEC(".maps");

SEC("perf_event")
int profile(struct bpf_perf_event_data *ctx)
{
	struct place place = {};
	place.process = bpf_get_current_pid_tgid() >> 32;
	if (!place.process)
		return 0;
	place.kernel = bpf_get_stackid(ctx, &stacks, 0);
	place.user = bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK);
	bpf_get_current_comm(place.name, sizeof(place.name));
	__u64 *count = bpf_map_lookup_elem(&counts, &place);
	if (!count) {
		__u64 zero = 0;
		bpf_map_update_elem(&counts, &place, &zero, BPF_NOEXIST);
		count = bpf_map_lookup_elem(&counts, &place);
		if (!count)
			return 0;
	}
	__sync_fetch_and_add(count, 1);
	return 0;
}
