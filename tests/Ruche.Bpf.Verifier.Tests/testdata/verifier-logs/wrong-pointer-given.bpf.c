// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("xdp")
int broken(struct xdp_md *ctx)
{
    __u32 key = 0;
    return !bpf_map_lookup_elem(ctx, &key);
}

char LICENSE[] SEC("license") = "GPL";
