// SPDX-License-Identifier: MIT
// Programs of many types, each of which copies what its context says into `answer`.
#include <linux/bpf.h>
#include <linux/ptrace.h>
#include <linux/bpf_perf_event.h>
#include <bpf/bpf_helpers.h>

volatile long answer[16];
char name[16];
char path[16];

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 16);
	__uint(key_size, 4);
	__uint(value_size, 127 * 8);
} stacks SEC(".maps");

SEC("kprobe/some_function")
int probe(struct pt_regs *ctx)
{
	answer[0] = ctx->rdi;
	answer[1] = ctx->rip;
	answer[2] = bpf_probe_read_user_str(path, sizeof(path), (void *)ctx->rsi);
	answer[3] = bpf_probe_read_kernel((void *)&answer[4], 8, (void *)ctx->rdx);
	answer[5] = bpf_get_stackid(ctx, &stacks, BPF_F_USER_STACK);
	answer[6] = bpf_get_attach_cookie(ctx);
	answer[7] = bpf_get_func_ip(ctx);
	return 0;
}

struct entry {
	__u64 common;
	long id;
	unsigned long args[6];
};

SEC("tracepoint/raw_syscalls/sys_enter")
int enter(struct entry *ctx)
{
	answer[0] = ctx->id;
	answer[1] = ctx->args[5];
	answer[2] = bpf_get_current_pid_tgid();
	answer[3] = bpf_get_current_uid_gid();
	answer[4] = bpf_get_current_cgroup_id();
	answer[5] = bpf_get_current_ancestor_cgroup_id(0);
	bpf_get_current_comm(name, sizeof(name));
	return 1;
}

SEC("raw_tp/sys_enter")
int raw(struct bpf_raw_tracepoint_args *ctx)
{
	answer[0] = ctx->args[0];
	answer[1] = ctx->args[1];
	return 0;
}

SEC("perf_event")
int sample(struct bpf_perf_event_data *ctx)
{
	answer[0] = ctx->sample_period;
	answer[1] = ctx->addr;
	answer[2] = ctx->regs.rip;
	return 0;
}

SEC("cgroup/connect4")
int connect(struct bpf_sock_addr *ctx)
{
	struct bpf_sock *sock = ctx->sk;

	answer[0] = ctx->user_ip4;
	answer[1] = ctx->user_port;
	if (sock)
		answer[2] = sock->mark;
	ctx->user_ip4 = 0x0100007f;
	ctx->user_port = 0x5000;
	bpf_set_retval(-13);
	return 1;
}

SEC("cgroup/connect4")
int refused_write(struct bpf_sock_addr *ctx)
{
	*(volatile __u32 *)&ctx->family = 3;
	return 1;
}

SEC("cgroup/getsockopt")
int option(struct bpf_sockopt *ctx)
{
	__u8 *value = ctx->optval;
	__u8 *end = ctx->optval_end;

	answer[0] = ctx->optname;
	answer[1] = end - value;
	if (value + 2 > end)
		return 0;
	answer[2] = value[1];
	value[0] = 0x77;
	ctx->retval = 0;
	return 1;
}

SEC("sockops")
int sockets(struct bpf_sock_ops *ctx)
{
	answer[0] = ctx->op;
	answer[1] = ctx->remote_ip4;
	answer[2] = ctx->snd_cwnd;
	answer[3] = bpf_sock_ops_cb_flags_set(ctx, BPF_SOCK_OPS_RTT_CB_FLAG);
	ctx->reply = 12;
	return 1;
}

SEC("sk_lookup")
int lookup(struct bpf_sk_lookup *ctx)
{
	answer[0] = ctx->local_port;
	answer[1] = ctx->remote_ip4;
	return SK_PASS;
}

SEC("cgroup/dev")
int device(struct bpf_cgroup_dev_ctx *ctx)
{
	answer[0] = ctx->major;
	return ctx->minor == 3;
}

SEC("syscall")
int command(long *ctx)
{
	ctx[1] = ctx[0] + 1;
	return 5;
}

struct timed {
	struct bpf_timer timer;
	long fired;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct timed);
} timers SEC(".maps");

static int fire(void *map, __u32 *key, struct timed *value)
{
	value->fired += 1;
	answer[0] = *key;
	answer[1] = bpf_ktime_get_ns();
	if (value->fired < 3)
		bpf_timer_start(&value->timer, 1000, 0);
	return 0;
}

SEC("syscall")
int start_timer(void *ctx)
{
	__u32 key = 2;
	struct timed *value = bpf_map_lookup_elem(&timers, &key);

	if (!value)
		return 1;
	answer[2] = bpf_timer_init(&value->timer, &timers, 1);
	answer[3] = bpf_timer_init(&value->timer, &timers, 1);
	answer[4] = bpf_timer_set_callback(&value->timer, fire);
	answer[5] = bpf_timer_start(&value->timer, 5000, 0);
	return 0;
}

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, struct timed);
} timed_entries SEC(".maps");

SEC("syscall")
int start_timed_entry(void *ctx)
{
	__u32 key = 7;
	struct timed *value = bpf_map_lookup_elem(&timed_entries, &key);

	if (!value)
		return 1;
	answer[2] = bpf_timer_init(&value->timer, &timed_entries, 1);
	answer[3] = bpf_timer_set_callback(&value->timer, fire);
	answer[4] = bpf_timer_start(&value->timer, 5000, 0);
	return 0;
}

struct locked {
	struct bpf_spin_lock lock;
	__u32 count;
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct locked);
} counts SEC(".maps");

SEC("tc")
int count(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct locked *value = bpf_map_lookup_elem(&counts, &key);

	if (!value)
		return 1;
	bpf_spin_lock(&value->lock);
	value->count++;
	bpf_spin_unlock(&value->lock);
	return 0;
}

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u64);
} visits SEC(".maps");

struct task_struct;

SEC("raw_tp/visit")
int visit(void *ctx)
{
	__u64 *seen = bpf_task_storage_get(&visits, (struct task_struct *)bpf_get_current_task_btf(), 0, BPF_LOCAL_STORAGE_GET_F_CREATE);

	if (seen)
		answer[0] = ++*seen;
	return 0;
}

struct bpf_iter_meta {
	struct seq_file *seq;
	__u64 session_id;
	__u64 seq_num;
};

struct bpf_iter__bpf_map_elem {
	struct bpf_iter_meta *meta;
	void *map;
	__u32 *key;
	__u64 *value;
};

SEC("iter/bpf_map_elem")
int each(struct bpf_iter__bpf_map_elem *ctx)
{
	static const char line[] = "%u: %llu\n";
	__u64 values[2];

	if (!ctx->key)
		return 0;
	values[0] = *ctx->key;
	values[1] = *ctx->value;
	bpf_seq_printf(ctx->meta->seq, line, sizeof(line), values, sizeof(values));
	bpf_seq_write(ctx->meta->seq, "-\n", 2);
	return 0;
}

SEC("tc")
int locked_out(struct __sk_buff *skb)
{
	__u32 key = 0;
	struct locked *value = bpf_map_lookup_elem(&counts, &key);

	if (!value)
		return 1;
	bpf_spin_lock(&value->lock);
	value->count++;
	bpf_spin_lock(&value->lock);
	return 0;
}

SEC("tc")
int beyond(struct __sk_buff *skb)
{
	return *(volatile __u32 *)(long)(skb->data_end + 4);
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
