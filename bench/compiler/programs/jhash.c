// SPDX-License-Identifier: MIT
// Jenkins' hash of a packet's addresses and ports, which chooses one of 16 backends.
#include "packet.h"

static __always_inline __u32 rol32(__u32 word, int shift)
{
	return word << shift | word >> (32 - shift);
}

static __always_inline __u32 jhash_3words(__u32 a, __u32 b, __u32 c, __u32 seed)
{
	seed += 0xdeadbeef + 12;
	a += seed;
	b += seed;
	c += seed;
	c ^= b; c -= rol32(b, 14);
	a ^= c; a -= rol32(c, 11);
	b ^= a; b -= rol32(a, 25);
	c ^= b; c -= rol32(b, 16);
	a ^= c; a -= rol32(c, 4);
	b ^= a; b -= rol32(a, 14);
	c ^= b; c -= rol32(b, 24);
	return c;
}

SEC("xdp")
int jhash(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	__u32 *ports = (void *)(ip + 1);
	if ((void *)(ports + 1) > end)
		return -1;
	return jhash_3words(ip->saddr, ip->daddr, *ports, ip->protocol) & 15;
}
