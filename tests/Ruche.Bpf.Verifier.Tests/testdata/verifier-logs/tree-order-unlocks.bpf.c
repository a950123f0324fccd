// SPDX-License-Identifier: MIT
#include <linux/types.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

// Older headers do not have them.
struct bpf_spin_lock { __u32 value; };
struct bpf_rb_root { __u64 opaque[2]; };
struct bpf_rb_node { __u64 opaque[4]; };

struct node {
    struct bpf_rb_node link;
    __u64 value;
};

extern void *bpf_obj_new_impl(__u64 type, void *meta) __ksym;
extern void bpf_obj_drop_impl(void *object, void *meta) __ksym;
extern int bpf_rbtree_add_impl(struct bpf_rb_root *root, struct bpf_rb_node *node, _Bool (less)(struct bpf_rb_node *, const struct bpf_rb_node *), void *meta, __u64 offset) __ksym;
extern struct bpf_rb_node *bpf_rbtree_first(struct bpf_rb_root *root) __ksym;

#define private __attribute__((section(".data.nodes"), aligned(8)))
private struct bpf_spin_lock lock;
private struct bpf_rb_root root __attribute__((btf_decl_tag("contains:node:link")));

static _Bool less(struct bpf_rb_node *left, const struct bpf_rb_node *right)
{
    bpf_spin_unlock(&lock);
    return 1;
}

SEC("tc")
int broken(void *packet)
{
    struct node *made = bpf_obj_new_impl(bpf_core_type_id_local(struct node), 0);
    if (!made)
        return 0;
    bpf_spin_lock(&lock);
    bpf_rbtree_add_impl(&root, &made->link, less, 0, 0);
    bpf_spin_unlock(&lock);
    return 0;
}

char LICENSE[] SEC("license") = "GPL";
