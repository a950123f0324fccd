// SPDX-License-Identifier: MIT
// Reads a packet by the old instructions, which end the function where the packet ends.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

unsigned long long load_byte(void *skb, unsigned long long at) asm("llvm.bpf.load.byte");
unsigned long long load_half(void *skb, unsigned long long at) asm("llvm.bpf.load.half");
unsigned long long load_word(void *skb, unsigned long long at) asm("llvm.bpf.load.word");

volatile int argument;
unsigned long long answer[4];

static __noinline unsigned long long beyond(struct __sk_buff *skb, int at)
{
	return load_word(skb, at) + 1;
}

#define READ(section, name)                            \
	SEC(section)                                   \
	int name(struct __sk_buff *skb)                \
	{                                              \
		int at = argument;                     \
                                                       \
		answer[0] = beyond(skb, at);           \
		answer[1] = load_byte(skb, 0);         \
		answer[2] = load_half(skb, at);        \
		answer[3] = load_byte(skb, at + 10);   \
		return load_word(skb, at + 8) & 0xffff; \
	}

READ("tc", of_frame)
READ("socket", of_datagram)

char LICENSE[] SEC("license") = "Dual MIT/GPL";
