// SPDX-License-Identifier: MIT
// Programs that Linux takes from some release on; the name of each ends with the release.
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char _license[] SEC("license") = "Dual MIT/GPL";

struct {
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __uint(max_entries, 4);
    __type(key, __u32);
    __type(value, __u64);
} numbers SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 4);
    __type(key, __u32);
    __type(value, __u64);
} table SEC(".maps");

struct {
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 4096);
} records SEC(".maps");

extern int bpf_fentry_test1(int number) __ksym;

static long count(struct bpf_map *map, const void *key, void *value, void *context)
{
    return 0;
}

SEC("socket")
int walks_two_maps_6_10(struct __sk_buff *packet)
{
    void *map = packet->len & 1 ? (void *)&numbers : (void *)&table;

    return bpf_for_each_map_elem(map, count, 0, 0) < 0;
}

SEC("raw_tp/sched_switch")
int tells_a_function_6_4(void *context)
{
    return (unsigned long)&bpf_fentry_test1 > 4711;
}

SEC("raw_tp/sched_switch")
int makes_a_dynptr_twice_6_3(void *context)
{
    __u32 key = 0;
    __u64 *number = bpf_map_lookup_elem(&numbers, &key);
    struct bpf_dynptr dynptr;

    if (!number)
        return 0;
    bpf_dynptr_from_mem(number, 8, 0, &dynptr);
    bpf_dynptr_from_mem(number, 8, 0, &dynptr);
    return 0;
}

SEC("raw_tp/sched_switch")
int keys_in_a_record_6_2(void *context)
{
    __u32 *key = bpf_ringbuf_reserve(&records, 4, 0);

    if (!key)
        return 0;
    *key = 0;
    bpf_map_lookup_elem(&numbers, key);
    bpf_ringbuf_discard(key, 0);
    return 0;
}

SEC("tp_btf/sched_switch")
int asks_for_its_cookie_6_10(__u64 *context)
{
    return bpf_get_attach_cookie(context) != 0;
}

struct {
    __uint(type, BPF_MAP_TYPE_SK_STORAGE);
    __uint(map_flags, BPF_F_NO_PREALLOC);
    __type(key, int);
    __type(value, int);
} sockets SEC(".maps");

SEC("iter/bpf_sk_storage_map")
int gives_null_to_a_storage_6_4(struct bpf_iter__bpf_sk_storage_map *context)
{
    bpf_sk_storage_delete(&sockets, context->sk);
    return 0;
}

SEC("lsm/bpf")
int reads_a_union_6_6(__u64 *context)
{
    union bpf_attr *attr = (union bpf_attr *)context[1];

    return attr->raw_tracepoint.name == 0 ? 0 : -1;
}
