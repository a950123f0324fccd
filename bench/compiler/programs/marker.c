// SPDX-License-Identifier: MIT
// Marks packets by where they go, for routing and queues.
#include "packet.h"
#include <linux/pkt_cls.h>

struct rule {
	__u32 mark, priority;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, __u32);
	__type(value, struct rule);
} rules SEC(".maps");

SEC("tc")
int marker(struct __sk_buff *skb)
{
	struct iphdr ip;
	if (skb->protocol != bpf_htons(ETH_P_IP) || bpf_skb_load_bytes(skb, ETH_HLEN, &ip, sizeof(ip)))
		return TC_ACT_OK;
	__u32 key = ip.protocol << 8 | ip.tos;
	struct rule *rule = bpf_map_lookup_elem(&rules, &key);
	if (rule) {
		skb->mark = rule->mark;
		skb->priority = rule->priority;
		skb->cb[0] = ip.ttl;
		return TC_ACT_PIPE;
	}
	skb->mark = skb->len > 1000 ? 2 : 1;
	return ip.ttl <= 1 ? TC_ACT_SHOT : TC_ACT_OK;
}
