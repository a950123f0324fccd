// SPDX-License-Identifier: MIT
// The mid-size object of the loading benchmark: 12 programs with hundreds of CO-RE relocations, 16 maps, globals and a
// subprogram. Only program types that every host takes: typed and raw tracepoints, tracepoints, XDP.
#include "vmlinux.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

const volatile __u64 seed = 1;
__u64 sums[64];

#define HASH(name, value_type)                     \
	struct {                                   \
		__uint(type, BPF_MAP_TYPE_HASH);   \
		__uint(max_entries, 1024);         \
		__type(key, __u32);                \
		__type(value, value_type);         \
	} name SEC(".maps")

#define ARRAY(name, value_type)                    \
	struct {                                   \
		__uint(type, BPF_MAP_TYPE_ARRAY);  \
		__uint(max_entries, 16);           \
		__type(key, __u32);                \
		__type(value, value_type);         \
	} name SEC(".maps")

struct measurement {
	__u64 time;
	__u64 sum;
	__u32 pid;
	__u32 cpu;
	char comm[16];
};

HASH(hash_0, struct measurement); HASH(hash_1, struct measurement); HASH(hash_2, struct measurement);
HASH(hash_3, struct measurement); HASH(hash_4, __u64); HASH(hash_5, __u64); HASH(hash_6, __u64); HASH(hash_7, __u64);
ARRAY(array_0, struct measurement); ARRAY(array_1, struct measurement); ARRAY(array_2, struct measurement);
ARRAY(array_3, struct measurement); ARRAY(array_4, __u64); ARRAY(array_5, __u64); ARRAY(array_6, __u64);

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} events SEC(".maps");

// Direct reads through a typed pointer: each is a relocation and a load that the verifier checks against BTF.
static __always_inline __u64 read_task(struct task_struct *t)
{
	__u64 sum = seed;

	sum += t->pid + t->tgid + t->prio + t->static_prio + t->normal_prio + t->rt_priority + t->policy;
	sum += t->flags + t->exit_code + t->exit_signal + t->utime + t->stime + t->nvcsw + t->nivcsw + t->start_time;
	sum += t->min_flt + t->maj_flt + t->nr_cpus_allowed + t->on_cpu + t->self_exec_id + t->parent_exec_id;
	sum += t->real_parent->tgid + t->real_parent->start_time + t->group_leader->pid + t->group_leader->exit_code;
	sum += t->se.vruntime + t->se.sum_exec_runtime + t->se.load.weight + t->se.on_rq + t->rt.timeout;
	return sum;
}

static __always_inline __u64 read_memory(struct mm_struct *mm)
{
	__u64 sum = 0;

	if (!mm)
		return 0;
	sum += mm->total_vm + mm->locked_vm + mm->data_vm + mm->exec_vm + mm->stack_vm + mm->start_code + mm->end_code;
	sum += mm->start_data + mm->end_data + mm->start_brk + mm->brk + mm->start_stack + mm->arg_start + mm->arg_end;
	sum += mm->env_start + mm->env_end + mm->map_count + mm->task_size + mm->hiwater_rss + mm->hiwater_vm;
	return sum;
}

// The same through bpf_probe_read_kernel, with questions to the target on the way.
static __always_inline __u64 probe_task(struct task_struct *t)
{
	__u64 sum = 0;

	sum += BPF_CORE_READ(t, real_parent, real_parent, tgid) + BPF_CORE_READ(t, group_leader, signal, nr_threads);
	sum += BPF_CORE_READ(t, cred, uid.val) + BPF_CORE_READ(t, cred, gid.val) + BPF_CORE_READ(t, cred, euid.val);
	sum += BPF_CORE_READ(t, nsproxy, pid_ns_for_children, level) + BPF_CORE_READ(t, nsproxy, uts_ns, ns.inum);
	sum += BPF_CORE_READ(t, files, fdt, max_fds) + BPF_CORE_READ(t, fs, users) + BPF_CORE_READ(t, mm, exe_file, f_flags);
	if (bpf_core_field_exists(t->sessionid))
		sum += BPF_CORE_READ(t, sessionid);
	if (bpf_core_type_exists(struct io_uring_task))
		sum += bpf_core_type_size(struct io_uring_task);
	sum += bpf_core_field_size(t->comm) + bpf_core_enum_value(enum pid_type, PIDTYPE_SID);
	return sum;
}

static __noinline int record(__u32 slot, __u64 sum)
{
	struct measurement sample = { .time = bpf_ktime_get_ns(), .sum = sum, .pid = bpf_get_current_pid_tgid() >> 32 };
	__u32 key = slot & 15;

	sample.cpu = bpf_get_smp_processor_id();
	bpf_get_current_comm(sample.comm, sizeof(sample.comm));
	bpf_map_update_elem(&hash_0, &sample.pid, &sample, BPF_ANY);
	bpf_map_update_elem(&array_0, &key, &sample, BPF_ANY);
	sums[slot & 63] += sum;
	return 0;
}

#define SWITCH(n, map)                                                                                                \
	SEC("tp_btf/sched_switch")                                                                                    \
	int BPF_PROG(on_switch_##n, bool preempt, struct task_struct *previous, struct task_struct *next)             \
	{                                                                                                             \
		__u64 sum = read_task(previous) + read_task(next) + read_memory(next->mm) + n;                        \
		__u32 key = n;                                                                                        \
		__u64 *value = bpf_map_lookup_elem(&map, &key);                                                       \
		if (value)                                                                                            \
			*value += sum;                                                                                \
		return record(n, sum);                                                                                \
	}

#define FORK(n, map)                                                                                                  \
	SEC("tp_btf/sched_process_fork")                                                                              \
	int BPF_PROG(on_fork_##n, struct task_struct *parent, struct task_struct *child)                              \
	{                                                                                                             \
		__u64 sum = read_task(parent) + probe_task(child) + n;                                                \
		__u32 key = n;                                                                                        \
		__u64 *value = bpf_map_lookup_elem(&map, &key);                                                       \
		if (value)                                                                                            \
			*value += sum;                                                                                \
		return record(n, sum);                                                                                \
	}

#define ENTER(n, map)                                                                                                 \
	SEC("raw_tp/sys_enter")                                                                                       \
	int on_enter_##n(struct bpf_raw_tracepoint_args *ctx)                                                         \
	{                                                                                                             \
		struct pt_regs *regs = (void *)ctx->args[0];                                                          \
		__u64 sum = probe_task((void *)bpf_get_current_task()) + BPF_CORE_READ(regs, di) + BPF_CORE_READ(regs, ip) + n; \
		__u32 key = n;                                                                                        \
		__u64 *value = bpf_map_lookup_elem(&map, &key);                                                       \
		if (value)                                                                                            \
			*value += sum;                                                                                \
		return record(n, sum);                                                                                \
	}

#define LEAVE(n)                                                                                                      \
	SEC("tracepoint/raw_syscalls/sys_exit")                                                                       \
	int on_leave_##n(struct trace_event_raw_sys_exit *ctx)                                                        \
	{                                                                                                             \
		__u64 sum = probe_task((void *)bpf_get_current_task()) + ctx->id + ctx->ret + n;                      \
		struct measurement *sample = bpf_ringbuf_reserve(&events, sizeof(*sample), 0);                             \
		if (sample) {                                                                                         \
			sample->sum = sum;                                                                            \
			bpf_ringbuf_submit(sample, 0);                                                                \
		}                                                                                                     \
		return record(n, sum);                                                                                \
	}

#define PACKET(n)                                                                                                     \
	SEC("xdp")                                                                                                    \
	int on_packet_##n(struct xdp_md *ctx)                                                                         \
	{                                                                                                             \
		void *data = (void *)(long)ctx->data, *end = (void *)(long)ctx->data_end;                             \
		struct ethhdr *ethernet = data;                                                                       \
		struct iphdr *ip = (void *)(ethernet + 1);                                                            \
		if ((void *)(ip + 1) > end)                                                                           \
			return XDP_PASS;                                                                              \
		sums[n] += ip->saddr + ip->protocol;                                                                  \
		return XDP_PASS;                                                                                      \
	}

SWITCH(0, hash_4) SWITCH(1, hash_5) SWITCH(2, array_4)
FORK(3, hash_6) FORK(4, array_5)
ENTER(5, hash_7) ENTER(6, array_6)
LEAVE(7) LEAVE(8)
PACKET(9) PACKET(10) PACKET(11)

char LICENSE[] SEC("license") = "Dual MIT/GPL";
