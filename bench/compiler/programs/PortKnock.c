// SPDX-License-Identifier: MIT
// A port for those only who have knocked at three others.
#include "packet.h"

const volatile __u16 first = 7001, second = 8002, third = 9003, guarded = 22;
const volatile __u64 open_nanoseconds = 30000000000ull;

struct visitor {
	__u64 open_until, heard;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, __u32);
	__type(value, struct visitor);
} visitors SEC(".maps");

static __always_inline int is_welcome(__u32 source)
{
	struct visitor *visitor = bpf_map_lookup_elem(&visitors, &source);
	return visitor && bpf_ktime_get_ns() < visitor->open_until;
}

static __always_inline int is_knock(__u16 port, __u32 source)
{
	if (port != first && port != second && port != third)
		return 0;
	struct visitor *visitor = bpf_map_lookup_elem(&visitors, &source);
	if (!visitor) {
		struct visitor new = {.heard = 1};
		if (port == first)
			bpf_map_update_elem(&visitors, &source, &new, BPF_ANY);
		return 1;
	}
	if (port == first)
		visitor->heard = 1;
	else if (port == second && visitor->heard == 1)
		visitor->heard = 2;
	else if (port == third && visitor->heard == 2)
		visitor->open_until = bpf_ktime_get_ns() + open_nanoseconds;
	else
		visitor->heard = 0;
	return 1;
}

SEC("xdp")
int guard(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	if (ip->protocol != IPPROTO_TCP || ip->frag_off & bpf_htons(0x1fff) || ip->ihl < 5)
		return XDP_PASS;
	struct tcphdr *tcp = (void *)ip + ip->ihl * 4;
	if ((void *)(tcp + 1) > end || !tcp->syn || tcp->ack)
		return XDP_PASS;
	__u16 port = bpf_ntohs(tcp->dest);
	if (port == guarded)
		return is_welcome(ip->saddr) ? XDP_PASS : XDP_DROP;
	return is_knock(port, ip->saddr) ? XDP_DROP : XDP_PASS;
}
