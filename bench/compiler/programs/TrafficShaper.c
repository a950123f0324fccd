// SPDX-License-Identifier: MIT
// No destination gets more than some bytes a second.
#include "packet.h"
#include <linux/pkt_cls.h>

#define SECOND 1000000000ull

const volatile __u64 bytes_per_second = 1250000;
const volatile __u64 longest_wait = 2 * SECOND;

struct shaped {
	__u64 sent, dropped;
};

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, __u32);
	__type(value, __u64);
} next_departure SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct shaped);
} totals SEC(".maps");

static __always_inline void count(int is_dropped)
{
	__u32 key = 0;
	struct shaped *shaped = bpf_map_lookup_elem(&totals, &key);
	if (!shaped)
		return;
	if (is_dropped)
		shaped->dropped++;
	else
		shaped->sent++;
}

SEC("tc/egress")
int shape(struct __sk_buff *skb)
{
	void *data = (void *)(long)skb->data, *end = (void *)(long)skb->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
		return TC_ACT_OK;
	__u32 target = ip->daddr;
	__u64 now = bpf_ktime_get_ns();
	__u64 duration = skb->wire_len * SECOND / bytes_per_second;
	__u64 departure = skb->tstamp;
	if (departure < now)
		departure = now;
	__u64 *next = bpf_map_lookup_elem(&next_departure, &target);
	if (!next) {
		__u64 first = departure + duration;
		bpf_map_update_elem(&next_departure, &target, &first, BPF_ANY);
		return TC_ACT_OK;
	}
	if (departure < *next)
		departure = *next;
	int is_late = departure - now > longest_wait;
	count(is_late);
	if (is_late)
		return TC_ACT_SHOT;
	*next = departure + duration;
	skb->tstamp = departure;
	return TC_ACT_OK;
}
