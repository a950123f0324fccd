// SPDX-License-Identifier: MIT
// What XDP programs may do with a packet; `argument` says how far, `answer` keeps what the helpers said.
#include <stddef.h>
#include <linux/bpf.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

volatile int argument;
volatile long answer[8];

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} counts SEC(".maps");

static __always_inline void count(__u32 key)
{
	__u64 *value = bpf_map_lookup_elem(&counts, &key);

	if (value)
		__sync_fetch_and_add(value, 1);
}

SEC("xdp")
int fields(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;
	void *meta = (void *)(long)ctx->data_meta;

	answer[0] = end - data;
	answer[1] = data - meta;
	answer[2] = ctx->ingress_ifindex;
	answer[3] = ctx->rx_queue_index;
	if (data + 14 > end)
		return XDP_ABORTED;
	answer[4] = *(__u16 *)(data + 12);
	*(__u8 *)data = 0xaa;
	return XDP_PASS;
}

SEC("xdp")
int adjust_head(struct xdp_md *ctx)
{
	void *data, *end;

	answer[0] = bpf_xdp_adjust_head(ctx, argument);
	data = (void *)(long)ctx->data;
	end = (void *)(long)ctx->data_end;
	answer[1] = end - data;
	// What a packet grows by at its head is what the frame has there.
	if (!answer[0] && argument < 0)
		for (int i = 0; i < 256; i++) {
			if (i >= -argument || data + i + 1 > end)
				break;
			*(__u8 *)(data + i) = i;
		}
	count(1);
	return XDP_TX;
}

SEC("xdp")
int adjust_tail(struct xdp_md *ctx)
{
	answer[0] = bpf_xdp_adjust_tail(ctx, argument);
	answer[1] = ctx->data_end - ctx->data;
	answer[2] = bpf_xdp_get_buff_len(ctx);
	return XDP_PASS;
}

SEC("xdp")
int adjust_meta(struct xdp_md *ctx)
{
	__u32 *meta, *data;

	answer[0] = bpf_xdp_adjust_meta(ctx, argument);
	meta = (void *)(long)ctx->data_meta;
	data = (void *)(long)ctx->data;
	answer[1] = (long)data - (long)meta;
	if (meta + 1 <= data)
		*meta = 0x12345678;
	// The metadata go along when the head moves.
	answer[2] = bpf_xdp_adjust_head(ctx, -8);
	meta = (void *)(long)ctx->data_meta;
	data = (void *)(long)ctx->data;
	if (meta + 1 <= data)
		answer[3] = *meta;
	answer[4] = bpf_xdp_adjust_head(ctx, 8);
	return XDP_PASS;
}

SEC("xdp")
int bytes(struct xdp_md *ctx)
{
	__u8 buffer[16] = {};

	answer[0] = bpf_xdp_load_bytes(ctx, argument, buffer, sizeof(buffer));
	for (int i = 0; i < 16; i++)
		answer[1] += buffer[i] * (i + 1);
	buffer[0] ^= 0xff;
	answer[2] = bpf_xdp_store_bytes(ctx, argument, buffer, 4);
	return XDP_PASS;
}

SEC("xdp")
int sums(struct xdp_md *ctx)
{
	__u32 from[4] = {}, to[4] = {};

	bpf_xdp_load_bytes(ctx, 0, from, sizeof(from));
	bpf_xdp_load_bytes(ctx, 16, to, sizeof(to));
	answer[0] = bpf_csum_diff(from, sizeof(from), to, sizeof(to), argument);
	answer[1] = bpf_csum_diff(0, 0, to, sizeof(to), argument);
	answer[2] = bpf_csum_diff(from, sizeof(from), 0, 0, argument);
	answer[3] = bpf_csum_diff(from, 4, to, 16, ~0);
	return XDP_PASS;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
