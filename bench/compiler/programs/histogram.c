// SPDX-License-Identifier: MIT
// Counts packets by the logarithm of their length.
#include "packet.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 32);
	__type(key, __u32);
	__type(value, __u64);
} sizes SEC(".maps");

SEC("xdp")
int histogram(struct xdp_md *ctx)
{
	__u32 v = ctx->data_end - ctx->data;
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
	r |= v >> 1;
	__u64 *count = bpf_map_lookup_elem(&sizes, &r);
	if (count)
		*count += 1;
	return r;
}
