// SPDX-License-Identifier: MIT
// Counts DNS questions by the hash of their name, whatever its case, and drops those for names that are too long.
#include "packet.h"

#define LONGEST 64

struct dnshdr {
	__u16 id, flags, questions, answers, authorities, additional;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} names SEC(".maps");

SEC("xdp")
int dns(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	struct udphdr *udp = (void *)(ip + 1);
	struct dnshdr *dns = (void *)(udp + 1);
	if ((void *)(dns + 1) > end)
		return XDP_PASS;
	if (eth->h_proto != bpf_htons(ETH_P_IP) || ip->ihl != 5 || ip->protocol != IPPROTO_UDP || udp->dest != bpf_htons(53))
		return XDP_PASS;
	if (dns->flags & bpf_htons(0x8000) || dns->questions != bpf_htons(1))
		return XDP_PASS;
	__u8 *at = (void *)(dns + 1);
	__u32 hash = 2166136261u;
	for (int i = 0; i < LONGEST; i++) {
		if ((void *)(at + 1) > end)
			return XDP_DROP;
		__u8 letter = *at++;
		if (letter == 0) {
			__u64 *count = bpf_map_lookup_elem(&names, &hash), one = 1;
			if (count)
				__sync_fetch_and_add(count, 1);
			else
				bpf_map_update_elem(&names, &hash, &one, BPF_ANY);
			return XDP_PASS;
		}
		if (letter >= 'A' && letter <= 'Z')
			letter |= 0x20;
		hash = (hash ^ letter) * 16777619;
	}
	return XDP_DROP;
}
