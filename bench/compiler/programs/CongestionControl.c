// SPDX-License-Identifier: MIT
// Decides how much a TCP connection sends at a time.
#include "trace.h"

#define SMALLEST_WINDOW 2

static __u64 connections, losses;

static __always_inline __u32 least(__u32 one, __u32 other)
{
	return one < other ? one : other;
}

static __always_inline __u32 most(__u32 one, __u32 other)
{
	return one > other ? one : other;
}

SEC("struct_ops")
void BPF_PROG(init, struct sock *socket)
{
	__sync_fetch_and_add(&connections, 1);
}

SEC("struct_ops")
__u32 BPF_PROG(ssthresh, struct sock *socket)
{
	__sync_fetch_and_add(&losses, 1);
	return most(((struct tcp_sock *)socket)->snd_cwnd / 2, SMALLEST_WINDOW);
}

SEC("struct_ops")
void BPF_PROG(cong_avoid, struct sock *socket, __u32 answered, __u32 packets)
{
	struct tcp_sock *tcp = (struct tcp_sock *)socket;
	__u32 window = tcp->snd_cwnd;
	if (window >= 2 * tcp->max_packets_out)
		return;
	if (window < tcp->snd_ssthresh) {
		__u32 grown = least(window + packets, tcp->snd_ssthresh);
		packets -= grown - window;
		window = grown;
	}
	__u32 counted = tcp->snd_cwnd_cnt + packets;
	if (counted >= window) {
		counted -= window;
		window++;
	}
	tcp->snd_cwnd_cnt = counted;
	tcp->snd_cwnd = least(window, tcp->snd_cwnd_clamp);
}

SEC("struct_ops")
__u32 BPF_PROG(undo_cwnd, struct sock *socket)
{
	return most(((struct tcp_sock *)socket)->snd_cwnd, ((struct tcp_sock *)socket)->prior_cwnd);
}

SEC(".struct_ops.link")
struct tcp_congestion_ops aimd = {
	.init = (void *)init,
	.ssthresh = (void *)ssthresh,
	.cong_avoid = (void *)cong_avoid,
	.undo_cwnd = (void *)undo_cwnd,
	.name = "ruche_aimd",
};
