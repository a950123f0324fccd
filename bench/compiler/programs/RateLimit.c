// SPDX-License-Identifier: MIT
// Limits the packets of each source in a sliding window; networks in a list are exempt.
#include "packet.h"
#include <linux/ipv6.h>

const volatile __u64 packets_per_window = 1000;
const volatile __u64 window_nanoseconds = 1000000000;

struct network {
	__u32 bits;
	struct in6_addr address;
};

struct source_window {
	__u64 start, current, previous, dropped;
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 1024);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct network);
	__type(value, __u32);
} exempt SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, struct in6_addr);
	__type(value, struct source_window);
} sources SEC(".maps");

static __always_inline int read_source(struct xdp_md *ctx, struct in6_addr *source)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	if ((void *)(eth + 1) > end)
		return 0;
	if (eth->h_proto == bpf_htons(ETH_P_IP)) {
		struct iphdr *ip = (void *)(eth + 1);
		if ((void *)(ip + 1) > end)
			return 0;
		source->s6_addr32[0] = 0;
		source->s6_addr32[1] = 0;
		source->s6_addr32[2] = bpf_htonl(0xffff);
		source->s6_addr32[3] = ip->saddr;
		return 1;
	}
	if (eth->h_proto == bpf_htons(ETH_P_IPV6)) {
		struct ipv6hdr *ip = (void *)(eth + 1);
		if ((void *)(ip + 1) > end)
			return 0;
		*source = ip->saddr;
		return 1;
	}
	return 0;
}

static __always_inline int may_pass(const struct in6_addr *source)
{
	__u64 now = bpf_ktime_get_ns(), length = window_nanoseconds, limit = packets_per_window;
	struct source_window *window = bpf_map_lookup_elem(&sources, source);
	if (!window) {
		struct source_window first = {.start = now, .current = 1};
		bpf_map_update_elem(&sources, source, &first, BPF_ANY);
		return limit > 0;
	}
	__u64 age = now - window->start;
	if (age >= length) {
		int is_next = age < 2 * length;
		window->previous = is_next ? window->current : 0;
		window->current = 0;
		window->start = is_next ? window->start + length : now;
		age = now - window->start;
	}
	__u64 carried = window->previous * (length - age) / length;
	if (carried + window->current >= limit) {
		window->dropped++;
		return 0;
	}
	window->current++;
	return 1;
}

SEC("xdp")
int filter(struct xdp_md *ctx)
{
	struct network key = {.bits = 128};
	if (!read_source(ctx, &key.address))
		return XDP_PASS;
	if (bpf_map_lookup_elem(&exempt, &key))
		return XDP_PASS;
	return may_pass(&key.address) ? XDP_PASS : XDP_DROP;
}
