// SPDX-License-Identifier: MIT
// Counts packets by their type, drops ARP, turns a packet that is asked for into another type, and has one bug.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u16);
	__type(value, __u64);
} types SEC(".maps");

SEC("xdp")
int filter(struct xdp_md *ctx)
{
	unsigned char *data = (void *)(long)ctx->data;
	unsigned char *end = (void *)(long)ctx->data_end;
	__u64 one = 1, *count;
	__u16 type;

	if (data + 14 > end)
		return XDP_ABORTED;
	type = data[12] << 8 | data[13];
	count = bpf_map_lookup_elem(&types, &type);
	if (count)
		*count += 1;
	else
		bpf_map_update_elem(&types, &type, &one, BPF_ANY);
	if (type == 0x0806)
		return XDP_DROP;
	if (type == 0x88b5) {
		data[12] = 0x86;
		data[13] = 0xdd;
	}
	return XDP_PASS;
}

SEC("?xdp")
int careless(struct xdp_md *ctx)
{
	unsigned char *data = (void *)(long)ctx->data;

	return data[60];
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
