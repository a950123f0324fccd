// SPDX-License-Identifier: MIT
// A token bucket: as many packets as there are tokens, which time brings back.
#include "packet.h"

#define RATE 1000
#define DEPTH 100

struct bucket {
	__u64 tokens, last;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct bucket);
} buckets SEC(".maps");

SEC("xdp")
int bucket(struct xdp_md *ctx)
{
	__u32 key = 0;
	struct bucket *b = bpf_map_lookup_elem(&buckets, &key);
	if (!b)
		return XDP_ABORTED;
	__u64 now = bpf_ktime_get_ns();
	__u64 grown = (now - b->last) * RATE / 1000000000;
	if (grown) {
		__u64 tokens = b->tokens + grown;
		b->tokens = tokens > DEPTH ? DEPTH : tokens;
		b->last = now;
	}
	if (!b->tokens)
		return XDP_DROP;
	b->tokens--;
	return XDP_PASS;
}
