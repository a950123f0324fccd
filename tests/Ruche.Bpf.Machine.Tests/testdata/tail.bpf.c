// SPDX-License-Identifier: MIT
// Programs that go over to others.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

volatile int argument;
volatile long answer[16];

int again(struct __sk_buff *skb);
int target(struct __sk_buff *skb);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, 8);
	__uint(key_size, 4);
	__array(values, int(struct __sk_buff *));
} jumps SEC(".maps") = {
	.values = { [0] = (void *)&again, [1] = (void *)&target },
};

// Comes back until the kernel has had enough.
SEC("tc")
int again(struct __sk_buff *skb)
{
	answer[0]++;
	bpf_tail_call(skb, &jumps, 0);
	answer[1]++;
	return 11;
}

SEC("tc")
int target(struct __sk_buff *skb)
{
	answer[2] += skb->len;
	return 22;
}

static __noinline int through(struct __sk_buff *skb, int index)
{
	bpf_tail_call(skb, &jumps, index);
	return 33;
}

SEC("tc")
int tail_calls(struct __sk_buff *skb)
{
	// A call from a function returns to what called the function.
	answer[3] = through(skb, 1);
	answer[4] = through(skb, 5);
	answer[5] = through(skb, 100);
	answer[6] = through(skb, 0);
	answer[7] = through(skb, 1);
	bpf_tail_call(skb, &jumps, 1);
	answer[8] = 1;
	return 44;
}

SEC("tc")
int begin_again(struct __sk_buff *skb)
{
	bpf_tail_call(skb, &jumps, 0);
	return 55;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
