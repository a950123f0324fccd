// SPDX-License-Identifier: MIT
// Looks things up in arrays, by keys that are where keys can be.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct wide {
	__u32 first, second, third;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u64);
} cells SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 5);
	__type(key, __u32);
	__type(value, struct wide);
} wides SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u32);
	__uint(map_flags, BPF_F_RDONLY_PROG);
} constants SEC(".maps");

volatile __u32 argument;

SEC("xdp")
int on_stack(struct xdp_md *ctx)
{
	__u32 key = argument;
	__u64 *cell = bpf_map_lookup_elem(&cells, &key);

	if (!cell)
		return 777;
	*cell += 1;
	return *cell;
}

SEC("xdp")
int in_packet(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	struct wide *wide = bpf_map_lookup_elem(&wides, data);
	__u32 *constant;

	if (!wide)
		return 777;
	wide->third += wide->second;
	constant = bpf_map_lookup_elem(&constants, data);
	return constant ? wide->third + *constant : wide->third;
}

SEC("xdp")
int change_constant(struct xdp_md *ctx)
{
	__u32 key = 1;

	return bpf_map_update_elem(&constants, &key, &key, 0);
}

SEC("xdp")
int beyond(struct xdp_md *ctx)
{
	struct wide *wide = bpf_map_lookup_elem(&wides, (void *)(long)ctx->data + argument);

	return wide ? wide->first : 777;
}

SEC("xdp")
int overrun(struct xdp_md *ctx)
{
	__u32 key = 1;
	__u64 *cell = bpf_map_lookup_elem(&cells, &key);

	return cell ? cell[argument] : 777;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
