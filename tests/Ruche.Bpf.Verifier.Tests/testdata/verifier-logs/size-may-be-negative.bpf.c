// SPDX-License-Identifier: MIT
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 4);
    __type(key, __u32);
    __type(value, struct { __u8 bytes[64]; });
} values SEC(".maps");

SEC("kprobe/do_nanosleep")
int broken(void *ctx)
{
    __u32 key = 0;
    struct { __u8 bytes[64]; } *value = bpf_map_lookup_elem(&values, &key);
    if (!value)
        return 0;
    long size = (long)bpf_get_current_pid_tgid();
    if (size > 64)
        return 0;
    bpf_probe_read_kernel(value->bytes, size, ctx);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
