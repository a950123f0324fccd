// SPDX-License-Identifier: MIT
// Programs that the machine takes only in part: what the target lacks must not be reached.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

volatile long answer[16];

struct owner {
	int number;
	int missing;
} __attribute__((preserve_access_index));

extern int LINUX_KERNEL_VERSION __kconfig;
extern int CONFIG_HZ __kconfig;
extern const int some_symbol __ksym;
extern int bpf_no_such_function(int) __ksym __weak;

SEC("raw_tp/reach")
int reach(struct bpf_raw_tracepoint_args *ctx)
{
	struct owner *owner = (void *)ctx->args[0];

	answer[0] = bpf_core_field_exists(owner->missing);
	if (ctx->args[1])
		answer[1] = owner->missing;
	answer[2] = owner->number;
	answer[3] = LINUX_KERNEL_VERSION;
	answer[4] = CONFIG_HZ;
	answer[5] = (long)&some_symbol;
	if (ctx->args[2])
		answer[6] = bpf_no_such_function(1);
	return 0;
}

SEC("?raw_tp/unknown")
int unknown(void *ctx)
{
	return bpf_sys_close(3);
}

SEC("?raw_tp/function")
int function(void *ctx)
{
	return bpf_no_such_function(1);
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
