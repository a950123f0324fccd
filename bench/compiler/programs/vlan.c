// SPDX-License-Identifier: MIT
// Looks through VLAN tags and IPv6 extension headers for the port, and lets only some through.
#include "packet.h"
#include <linux/ipv6.h>

struct vlanhdr {
	__u16 tag, type;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, __u32);
	__type(value, __u32);
} ports SEC(".maps");

SEC("xdp")
int vlan(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	if ((void *)(eth + 1) > end)
		return XDP_PASS;
	__u16 type = eth->h_proto;
	void *at = eth + 1;
#pragma unroll
	for (int i = 0; i < 2; i++) {
		struct vlanhdr *tag = at;
		if (type != bpf_htons(ETH_P_8021Q) && type != bpf_htons(ETH_P_8021AD))
			break;
		if ((void *)(tag + 1) > end)
			return XDP_PASS;
		type = tag->type;
		at = tag + 1;
	}
	if (type != bpf_htons(ETH_P_IPV6))
		return XDP_PASS;
	struct ipv6hdr *ip = at;
	if ((void *)(ip + 1) > end)
		return XDP_PASS;
	__u8 next = ip->nexthdr;
	at = ip + 1;
#pragma unroll
	for (int i = 0; i < 4; i++) {
		struct ipv6_opt_hdr *extension = at;
		if (next != IPPROTO_HOPOPTS && next != IPPROTO_ROUTING && next != IPPROTO_DSTOPTS)
			break;
		if ((void *)(extension + 1) > end)
			return XDP_DROP;
		next = extension->nexthdr;
		at += (extension->hdrlen + 1) * 8;
	}
	if (next != IPPROTO_TCP && next != IPPROTO_UDP)
		return XDP_PASS;
	struct udphdr *udp = at;
	if ((void *)(udp + 1) > end)
		return XDP_DROP;
	__u32 port = bpf_ntohs(udp->dest);
	__u32 *verdict = bpf_map_lookup_elem(&ports, &port);
	if (verdict)
		return *verdict;
	return port < 1024 ? XDP_DROP : XDP_PASS;
}
