// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("kprobe/do_nanosleep")
int broken(__u64 *ctx)
{
    __u64 *argument = (__u64 *)ctx[14];
    return *argument;
}

char LICENSE[] SEC("license") = "GPL";
