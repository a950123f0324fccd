// SPDX-License-Identifier: MIT
// A map with types to show, and a program with lines, a local function and a map, for the cases of ruche bpf.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

enum mood { SAD, HAPPY };

struct person {
    char name[8];
    unsigned int age;
    enum mood mood;
    unsigned short marks[3];
};

struct {
    __uint(type, BPF_MAP_TYPE_HASH);
    __uint(max_entries, 16);
    __type(key, unsigned int);
    __type(value, struct person);
} people SEC(".maps");

static __attribute__((noinline)) int grow(struct person *person)
{
    person->age += 1;
    return person->age > 100;
}

SEC("xdp")
int count_bytes(struct xdp_md *ctx)
{
    unsigned int length = ctx->data_end - ctx->data;
    struct person *person = bpf_map_lookup_elem(&people, &length);
    if (person && grow(person))
        return XDP_DROP;
    return XDP_PASS;
}

char LICENSE[] SEC("license") = "GPL";
