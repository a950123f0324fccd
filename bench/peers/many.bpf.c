// SPDX-License-Identifier: MIT
// A program that does nothing, for as many functions of the kernel as are asked for.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("kprobe.multi")
int many(void *context)
{
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
