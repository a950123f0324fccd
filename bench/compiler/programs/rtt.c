// SPDX-License-Identifier: MIT
// Round-trip times of TCP connections, as a histogram by powers of two microseconds.
#include "packet.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 32);
	__type(key, __u32);
	__type(value, __u64);
} times SEC(".maps");

static __always_inline __u32 log2(__u32 v)
{
	__u32 shift, r;
	r = (v > 0xffff) << 4;
	v >>= r;
	shift = (v > 0xff) << 3;
	v >>= shift;
	r |= shift;
	shift = (v > 0xf) << 2;
	v >>= shift;
	r |= shift;
	shift = (v > 0x3) << 1;
	v >>= shift;
	r |= shift;
	return r | v >> 1;
}

SEC("sockops")
int rtt(struct bpf_sock_ops *ctx)
{
	switch (ctx->op) {
	case BPF_SOCK_OPS_ACTIVE_ESTABLISHED_CB:
	case BPF_SOCK_OPS_PASSIVE_ESTABLISHED_CB:
		bpf_sock_ops_cb_flags_set(ctx, BPF_SOCK_OPS_RTT_CB_FLAG);
		break;
	case BPF_SOCK_OPS_RTT_CB: {
		__u32 slot = log2(ctx->srtt_us >> 3);
		__u64 *count = bpf_map_lookup_elem(&times, &slot);
		if (count)
			*count += 1;
		break;
	}
	}
	return 1;
}
