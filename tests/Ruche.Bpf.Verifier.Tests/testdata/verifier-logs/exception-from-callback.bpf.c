// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

extern void bpf_throw(__u64 cookie) __ksym;

static long each(__u32 round, void *context)
{
    bpf_throw(round);
    return 0;
}

SEC("tc")
int broken(struct __sk_buff *packet)
{
    bpf_loop(packet->len, each, 0, 0);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
