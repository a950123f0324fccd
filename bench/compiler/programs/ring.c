// SPDX-License-Identifier: MIT
// Tells user space of each packet.
#include "packet.h"

struct event {
	__u64 time;
	__u32 source, target;
	__u16 length;
	__u8 protocol, ttl;
	__u32 cpu;
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 65536);
} events SEC(".maps");

SEC("xdp")
int ring(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;
	struct ethhdr *eth = data;
	struct iphdr *ip = (void *)(eth + 1);
	if ((void *)(ip + 1) > end || eth->h_proto != bpf_htons(ETH_P_IP))
		return XDP_PASS;
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (!event)
		return XDP_ABORTED;
	event->time = bpf_ktime_get_ns();
	event->source = bpf_ntohl(ip->saddr);
	event->target = bpf_ntohl(ip->daddr);
	event->length = bpf_ntohs(ip->tot_len);
	event->protocol = ip->protocol;
	event->ttl = ip->ttl;
	event->cpu = bpf_get_smp_processor_id();
	bpf_ringbuf_submit(event, 0);
	return XDP_DROP;
}
