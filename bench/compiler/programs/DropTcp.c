// SPDX-License-Identifier: MIT
// Drops TCP, passes the rest, counts both by protocol.
#include "packet.h"
#include <linux/ipv6.h>

struct verdicts {
	__u64 passed, dropped;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 256);
	__type(key, __u32);
	__type(value, struct verdicts);
} by_protocol SEC(".maps");

static __always_inline __u32 protocol_of(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	if ((void *)(eth + 1) > end)
		return 0;
	if (eth->h_proto == bpf_htons(ETH_P_IP)) {
		struct iphdr *ip = (void *)(eth + 1);
		return (void *)(ip + 1) > end ? 0 : ip->protocol;
	}
	if (eth->h_proto == bpf_htons(ETH_P_IPV6)) {
		struct ipv6hdr *ip = (void *)(eth + 1);
		return (void *)(ip + 1) > end ? 0 : ip->nexthdr;
	}
	return 0;
}

SEC("xdp")
int filter(struct xdp_md *ctx)
{
	__u32 protocol = protocol_of(ctx);
	int action = protocol == IPPROTO_TCP ? XDP_DROP : XDP_PASS;
	struct verdicts *verdicts = bpf_map_lookup_elem(&by_protocol, &protocol);
	if (verdicts) {
		if (action == XDP_DROP)
			verdicts->dropped++;
		else
			verdicts->passed++;
	}
	return action;
}
