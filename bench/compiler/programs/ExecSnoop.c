// SPDX-License-Identifier: MIT
// Reports every program that is started.
#include "trace.h"

struct exec_event {
	__u64 time;
	int process_id, parent_id;
	__u32 user_id, arguments_length;
	char parent_name[16];
	char file[256];
	char arguments[256];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} events SEC(".maps");

__u64 lost;

static __always_inline __u32 read_arguments(struct mm_struct *memory, char *text, __u64 room)
{
	__u64 start = memory->arg_start;
	__u64 left = memory->arg_end - start;
	__u32 length = left < room ? left : room;
	return bpf_probe_read_user(text, length, (void *)start) ? 0 : length;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, int former_id, struct linux_binprm *program)
{
	struct exec_event *told = bpf_ringbuf_reserve(&events, sizeof(*told), 0);
	if (!told) {
		__sync_fetch_and_add(&lost, 1);
		return 0;
	}
	struct task_struct *parent = task->real_parent;
	told->time = bpf_ktime_get_ns();
	told->process_id = task->tgid;
	told->parent_id = parent->tgid;
	told->user_id = bpf_get_current_uid_gid();
	bpf_probe_read_kernel_str(told->parent_name, sizeof(told->parent_name), parent->comm);
	bpf_probe_read_kernel_str(told->file, sizeof(told->file), program->filename);
	told->arguments_length = read_arguments(task->mm, told->arguments, sizeof(told->arguments));
	bpf_ringbuf_submit(told, 0);
	return 0;
}
