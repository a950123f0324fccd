// SPDX-License-Identifier: MIT
// Drops what comes from a listed network, or what goes to one.
#include "packet.h"

struct network {
	__u32 bits, address;
};

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(max_entries, 1024);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, struct network);
	__type(value, __u32);
} networks SEC(".maps");

SEC("xdp")
int lpm(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	struct network key = {32, ip->saddr};
	__u32 *verdict = bpf_map_lookup_elem(&networks, &key);
	if (!verdict) {
		key.address = ip->daddr;
		verdict = bpf_map_lookup_elem(&networks, &key);
	}
	return verdict ? *verdict : XDP_PASS;
}
