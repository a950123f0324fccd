// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct pair { __u64 a, b; };

__attribute__((noinline)) int sum(struct pair *pair)
{
    return pair->a + pair->b;
}

SEC("xdp")
int broken(struct xdp_md *ctx)
{
    struct pair pair = { 1, 2 };
    return sum(&pair);
}

char LICENSE[] SEC("license") = "GPL";
