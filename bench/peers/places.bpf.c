// SPDX-License-Identifier: MIT
// A program that does nothing, for as many functions of a user-space file as are asked for.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

SEC("uprobe.multi")
int places(void *context)
{
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
