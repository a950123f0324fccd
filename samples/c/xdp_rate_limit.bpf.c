// SPDX-License-Identifier: MIT
// Limits the packets per second that each source address (IPv4 or IPv6) may send to an interface.
//
//   sudo ./ruche run samples/c/xdp_rate_limit.bpf.c --iface eth0
//
// A source may send `burst` packets at once and `packets_per_second` in the long run; what is above is dropped.
#include "packet.h"

#define NANOSECONDS_PER_SECOND 1000000000ULL

// Constants of the loaded program: whoever loads the object sets them before, and the verifier sees the values.
const volatile __u32 packets_per_second = 1000;
const volatile __u32 burst = 1000;

// A token bucket written as one time (the generic cell rate algorithm): each packet costs the source one interval of
// time, and it may be ahead of the clock by at most `burst` intervals.
struct source {
	__u64 paid_until;
	__u64 passed;
	__u64 dropped;
};

// The least recently seen sources make room for new ones: a flood of spoofed addresses cannot fill the memory.
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 65536);
	__type(key, struct in6_addr);
	__type(value, struct source);
} sources SEC(".maps");

enum counter {
	COUNTER_PASSED,
	COUNTER_DROPPED,
	COUNTER_NOT_IP,
	COUNTER_COUNT,
};

// Indexed by enum counter.
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, COUNTER_COUNT);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

static __always_inline void count(enum counter counter)
{
	__u32 key = counter;
	__u64 *value = bpf_map_lookup_elem(&counters, &key);

	if (value)
		(*value)++;
}

static __always_inline bool may_pass(const struct in6_addr *address)
{
	// A limit of 0 would divide by it; eBPF defines that as 0, which would let everything pass.
	__u64 interval = packets_per_second ? NANOSECONDS_PER_SECOND / packets_per_second : NANOSECONDS_PER_SECOND;
	__u64 now = bpf_ktime_get_ns();
	struct source *source = bpf_map_lookup_elem(&sources, address);

	if (!source) {
		struct source first = { .paid_until = now + interval, .passed = 1 };

		if (!packets_per_second || !burst)
			return false;
		bpf_map_update_elem(&sources, address, &first, BPF_ANY);
		return true;
	}

	// Two CPUs may serve one source at the same moment and one update may be lost: the source then gains a packet.
	// Network cards keep a flow on one CPU, so this is rare, and cheaper than a lock on each packet.
	__u64 paid_until = source->paid_until > now ? source->paid_until : now;

	if (!packets_per_second || paid_until + interval > now + burst * interval) {
		source->dropped++;
		return false;
	}
	source->paid_until = paid_until + interval;
	source->passed++;
	return true;
}

SEC("xdp")
int xdp_rate_limit(struct xdp_md *ctx)
{
	struct packet packet = {};

	if (!parse_packet(ctx, &packet)) {
		count(COUNTER_NOT_IP);
		return XDP_PASS;
	}
	if (may_pass(&packet.source)) {
		count(COUNTER_PASSED);
		return XDP_PASS;
	}
	count(COUNTER_DROPPED);
	return XDP_DROP;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
