// SPDX-License-Identifier: MIT
// The largest segment that a SYN allows, out of the options of TCP.
#include "packet.h"

SEC("xdp")
int tcpopts(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	struct tcphdr *tcp = (void *)(ip + 1);
	if ((void *)(tcp + 1) > end)
		return 0;
	if (eth->h_proto != bpf_htons(ETH_P_IP) || ip->ihl != 5 || ip->protocol != IPPROTO_TCP)
		return 0;
	if (!tcp->syn)
		return 0;
	__u32 at = 0, length = tcp->doff * 4 - 20;
	for (int i = 0; i < 40; i++) {
		if (at >= length || at >= 40)
			break;
		__u8 *option = (void *)(tcp + 1) + at;
		if ((void *)(option + 4) > end)
			break;
		if (option[0] == 0)
			break;
		if (option[0] == 1) {
			at++;
			continue;
		}
		if (option[0] == 2)
			return option[2] << 8 | option[3];
		if (option[1] < 2)
			break;
		at += option[1];
	}
	return 536;
}
