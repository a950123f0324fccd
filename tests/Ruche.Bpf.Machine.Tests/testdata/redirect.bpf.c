// SPDX-License-Identifier: MIT
// Where XDP programs may send packets.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

volatile int argument;
volatile long answer[16];

struct {
	__uint(type, BPF_MAP_TYPE_DEVMAP);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u32);
} devices SEC(".maps");

SEC("xdp")
int redirect(struct xdp_md *ctx)
{
	answer[0] = bpf_redirect(1, argument);
	return bpf_redirect_map(&devices, 2, XDP_PASS);
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
