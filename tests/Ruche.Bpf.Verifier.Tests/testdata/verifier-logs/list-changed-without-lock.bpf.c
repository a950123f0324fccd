// SPDX-License-Identifier: MIT
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

// Older headers do not have them.
struct bpf_spin_lock { __u32 value; };
struct bpf_list_head { __u64 opaque[2]; };
struct bpf_list_node { __u64 opaque[3]; };

struct node {
    struct bpf_list_node link;
    __u64 value;
};

extern void *bpf_obj_new_impl(__u64 type, void *meta) __ksym;
extern void bpf_obj_drop_impl(void *object, void *meta) __ksym;
extern int bpf_list_push_front_impl(struct bpf_list_head *head, struct bpf_list_node *node, void *meta, __u64 offset) __ksym;
extern struct bpf_list_node *bpf_list_pop_front(struct bpf_list_head *head) __ksym;

#define private __attribute__((section(".data.nodes"), aligned(8)))
private struct bpf_spin_lock lock;
private struct bpf_list_head head __attribute__((btf_decl_tag("contains:node:link")));

SEC("tc")
int broken(void *packet)
{
    struct node *made = bpf_obj_new_impl(bpf_core_type_id_local(struct node), 0);
    if (!made)
        return 0;
    bpf_list_push_front_impl(&head, &made->link, 0, 0);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
