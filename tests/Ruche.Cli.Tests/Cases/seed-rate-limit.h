// SPDX-License-Identifier: MIT
// What the user's rate limiter leaves out: the packet's parsing, its map and its threshold.
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#define RATE_LIMIT_THRESHOLD 20

struct packet_info {
	__u32 src_ip;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32);
	__type(value, __u64);
} rate_limit_map SEC(".maps");

static __always_inline int parse_packet(struct xdp_md *ctx, struct packet_info *packet)
{
	void *end = (void *)(long)ctx->data_end;
	struct ethhdr *ethernet = (void *)(long)ctx->data;
	struct iphdr *ip = (void *)(ethernet + 1);

	if ((void *)(ip + 1) > end || ethernet->h_proto != bpf_htons(ETH_P_IP))
		return -1;
	packet->src_ip = ip->saddr;
	return 0;
}
