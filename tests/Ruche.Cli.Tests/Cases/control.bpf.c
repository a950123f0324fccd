// SPDX-License-Identifier: MIT
// A congestion control that always answers the same, for the cases of ruche bpf struct_ops.
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

struct sock;
struct tcp_congestion_ops {
    void (*cong_avoid)(struct sock *sk, __u32 ack, __u32 acked);
    __u32 (*ssthresh)(struct sock *sk);
    __u32 (*undo_cwnd)(struct sock *sk);
    char name[16];
};

SEC("struct_ops") void keeps(unsigned long long *ctx) {}
SEC("struct_ops") __u32 answers(unsigned long long *ctx) { return 2; }
SEC("struct_ops") __u32 undoes(unsigned long long *ctx) { return 10; }

#ifdef LINKED
SEC(".struct_ops.link")
#else
SEC(".struct_ops")
#endif
struct tcp_congestion_ops rc_control = {
    .cong_avoid = (void *)keeps,
    .ssthresh = (void *)answers,
    .undo_cwnd = (void *)undoes,
    .name = "rc_control",
};

char LICENSE[] SEC("license") = "GPL";
