// SPDX-License-Identifier: MIT
// Counts packets and bytes by source address.
#include "packet.h"

struct traffic {
	__u64 packets, bytes;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, struct traffic);
} counts SEC(".maps");

SEC("xdp")
int counter(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	__u32 key = ip->saddr;
	struct traffic *known = bpf_map_lookup_elem(&counts, &key);
	if (known) {
		__sync_fetch_and_add(&known->packets, 1);
		__sync_fetch_and_add(&known->bytes, end - data);
		return XDP_DROP;
	}
	struct traffic first = {1, end - data};
	bpf_map_update_elem(&counts, &key, &first, BPF_ANY);
	return XDP_PASS;
}
