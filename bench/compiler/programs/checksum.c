// SPDX-License-Identifier: MIT
// Checks the checksum of the IPv4 header, and answers with it.
#include "packet.h"

SEC("xdp")
int checksum(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	__u16 *words = data + sizeof(struct ethhdr);
	if ((void *)(words + 10) > end)
		return XDP_DROP;
	__u32 sum = 0;
	for (int i = 0; i < 10; i++)
		sum += words[i];
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return (__u16)~sum;
}
