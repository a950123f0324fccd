// SPDX-License-Identifier: MIT
// Whether a packet is for a port that is served: Ethernet, IPv4 with options, TCP or UDP.
#include "packet.h"

SEC("xdp")
int parser(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	if ((void *)(ip + 1) > end)
		return XDP_PASS;
	if (eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	if (ip->version != 4 || ip->ihl < 5)
		return XDP_DROP;
	if (ip->frag_off & bpf_htons(0x1fff))
		return XDP_DROP;
	void *transport = (void *)ip + ip->ihl * 4;
	__u16 port;
	if (ip->protocol == IPPROTO_TCP) {
		struct tcphdr *tcp = transport;
		if ((void *)(tcp + 1) > end)
			return XDP_DROP;
		port = tcp->dest;
	} else if (ip->protocol == IPPROTO_UDP) {
		struct udphdr *udp = transport;
		if ((void *)(udp + 1) > end)
			return XDP_DROP;
		port = udp->dest;
	} else {
		return XDP_PASS;
	}
	return port == bpf_htons(443) || port == bpf_htons(80) ? XDP_TX : XDP_PASS;
}
