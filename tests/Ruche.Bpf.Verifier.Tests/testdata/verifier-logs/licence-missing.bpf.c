// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("kprobe/do_nanosleep")
int broken(void *ctx)
{
    char text[] = "here";
    bpf_trace_printk(text, sizeof(text));
    return 0;
}
