// SPDX-License-Identifier: MIT
// Drops the SYNs of a source that sends far more of them than it acknowledges.
#include "packet.h"

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 4096);
	__type(key, __u32);
	__type(value, __s64);
} open SEC(".maps");

SEC("xdp")
int synflood(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	struct tcphdr *tcp = (void *)(ip + 1);
	if ((void *)(tcp + 1) > end)
		return XDP_PASS;
	if (eth->h_proto != bpf_htons(ETH_P_IP) || ip->ihl != 5 || ip->protocol != IPPROTO_TCP)
		return XDP_PASS;
	__u32 source = ip->saddr;
	__s64 *count = bpf_map_lookup_elem(&open, &source), one = 1;
	if (tcp->syn && !tcp->ack) {
		if (!count) {
			bpf_map_update_elem(&open, &source, &one, BPF_ANY);
			return XDP_PASS;
		}
		if (*count >= 8)
			return XDP_DROP;
		__sync_fetch_and_add(count, 1);
	} else if (tcp->ack && count && *count > 0) {
		__sync_fetch_and_add(count, -1);
	}
	return XDP_PASS;
}
