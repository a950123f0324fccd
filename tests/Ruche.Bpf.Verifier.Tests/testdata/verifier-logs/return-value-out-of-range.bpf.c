// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("cgroup/sysctl")
int broken(struct bpf_sysctl *ctx)
{
    return ctx->write ? 2 : 1;
}

char LICENSE[] SEC("license") = "GPL";
