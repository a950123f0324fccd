// SPDX-License-Identifier: MIT
// Drops every TCP packet that enters an interface and lets all others pass; counts both by IP protocol.
//
//   sudo ./ruche run samples/c/xdp_drop_tcp.bpf.c --iface eth0
#include "packet.h"

struct verdicts {
	__u64 passed;
	__u64 dropped;
};

// Indexed by IP protocol number (1 ICMP, 6 TCP, 17 UDP, 58 ICMPv6); index 0 counts what is not IP.
// Each CPU counts for itself, so no packet waits for another CPU's counter.
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 256);
	__type(key, __u32);
	__type(value, struct verdicts);
} verdicts SEC(".maps");

SEC("xdp")
int xdp_drop_tcp(struct xdp_md *ctx)
{
	struct packet packet = {};
	struct verdicts *count;
	bool drop;
	__u32 key;

	// What cannot be read as IP (ARP, for one) passes: a filter that is not sure must not cut the line.
	drop = parse_packet(ctx, &packet) && packet.protocol == IPPROTO_TCP;

	key = packet.protocol;
	count = bpf_map_lookup_elem(&verdicts, &key);
	if (count) {
		if (drop)
			count->dropped++;
		else
			count->passed++;
	}
	return drop ? XDP_DROP : XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
