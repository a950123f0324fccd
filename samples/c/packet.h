/* SPDX-License-Identifier: MIT */
/* Reads a packet down to its IP header: Ethernet, up to two VLAN tags, IPv4, or IPv6 with its extension headers. */
#ifndef RUCHE_SAMPLES_PACKET_H
#define RUCHE_SAMPLES_PACKET_H

#include "vmlinux.h"
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

/* vmlinux.h holds types, not macros: the few protocol numbers needed are named here. */
#define ETH_P_IP     0x0800
#define ETH_P_IPV6   0x86dd
#define ETH_P_8021Q  0x8100
#define ETH_P_8021AD 0x88a8

/* IPv6 extension headers that only stand before the real one. */
#define NEXTHDR_HOP     0
#define NEXTHDR_ROUTING 43
#define NEXTHDR_DEST    60

#define MAX_VLAN_TAGS       2
#define MAX_IPV6_EXTENSIONS 4

/* What the samples want to know of a packet. An IPv4 source is kept as an IPv4-mapped IPv6 address (::ffff:a.b.c.d). */
struct packet {
	struct in6_addr source;
	__u8 protocol;
};

static __always_inline bool is_ipv6_extension(__u8 protocol)
{
	return protocol == NEXTHDR_HOP || protocol == NEXTHDR_ROUTING || protocol == NEXTHDR_DEST;
}

static __always_inline bool parse_ipv4(void *at, void *end, struct packet *packet)
{
	struct iphdr *ip = at;

	if ((void *)(ip + 1) > end)
		return false;
	packet->source.in6_u.u6_addr32[0] = 0;
	packet->source.in6_u.u6_addr32[1] = 0;
	packet->source.in6_u.u6_addr32[2] = bpf_htonl(0xffff);
	packet->source.in6_u.u6_addr32[3] = ip->saddr;
	packet->protocol = ip->protocol;
	return true;
}

static __always_inline bool parse_ipv6(void *at, void *end, struct packet *packet)
{
	struct ipv6hdr *ip = at;

	if ((void *)(ip + 1) > end)
		return false;
	packet->source = ip->saddr;
	packet->protocol = ip->nexthdr;

	at = ip + 1;
#pragma unroll
	for (int i = 0; i < MAX_IPV6_EXTENSIONS; i++) {
		struct ipv6_opt_hdr *extension = at;

		if (!is_ipv6_extension(packet->protocol))
			break;
		if ((void *)(extension + 1) > end)
			return false;
		packet->protocol = extension->nexthdr;
		/* The length counts units of eight bytes after the first one. */
		at += (extension->hdrlen + 1) * 8;
	}
	return true;
}

/* False for what is not IP, or too short to tell. */
static __always_inline bool parse_packet(struct xdp_md *ctx, struct packet *packet)
{
	/* The verifier follows these two values: every read below stands behind a comparison with `end`. */
	void *at = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;
	struct ethhdr *ethernet = at;
	__be16 type;

	if ((void *)(ethernet + 1) > end)
		return false;
	type = ethernet->h_proto;
	at = ethernet + 1;

#pragma unroll
	for (int i = 0; i < MAX_VLAN_TAGS; i++) {
		struct vlan_hdr *tag = at;

		if (type != bpf_htons(ETH_P_8021Q) && type != bpf_htons(ETH_P_8021AD))
			break;
		if ((void *)(tag + 1) > end)
			return false;
		type = tag->h_vlan_encapsulated_proto;
		at = tag + 1;
	}

	if (type == bpf_htons(ETH_P_IP))
		return parse_ipv4(at, end, packet);
	if (type == bpf_htons(ETH_P_IPV6))
		return parse_ipv6(at, end, packet);
	return false;
}

#endif
