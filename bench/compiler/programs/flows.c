// SPDX-License-Identifier: MIT
// Packets, bytes and the last time of each UDP flow, each CPU for itself.
#include "packet.h"

struct flow {
	__u32 source, target;
	__u16 source_port, target_port;
};

struct traffic {
	__u64 packets, bytes, last;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_PERCPU_HASH);
	__uint(max_entries, 4096);
	__type(key, struct flow);
	__type(value, struct traffic);
} flows SEC(".maps");

SEC("xdp")
int count_flow(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	struct udphdr *udp = (void *)(ip + 1);
	if ((void *)(udp + 1) > end)
		return XDP_PASS;
	if (eth->h_proto != bpf_htons(ETH_P_IP) || ip->ihl != 5 || ip->protocol != IPPROTO_UDP)
		return XDP_PASS;
	struct flow key = {ip->saddr, ip->daddr, udp->source, udp->dest};
	__u64 now = bpf_ktime_get_ns();
	struct traffic *known = bpf_map_lookup_elem(&flows, &key);
	if (known) {
		known->packets++;
		known->bytes += bpf_ntohs(ip->tot_len);
		known->last = now;
		return XDP_PASS;
	}
	struct traffic first = {1, bpf_ntohs(ip->tot_len), now};
	bpf_map_update_elem(&flows, &key, &first, BPF_NOEXIST);
	return XDP_PASS;
}
