// SPDX-License-Identifier: MIT
// Reports every program that is started: who started it, as whom, and with which arguments.
//
//   sudo ./ruche run samples/c/execsnoop.bpf.c
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#define COMM_LENGTH      16
#define FILENAME_LENGTH  128
#define ARGUMENTS_LENGTH 256

// One record of the ring buffer.
struct exec_event {
	__u64 time_ns;
	__u32 pid;
	__u32 parent_pid;
	__u32 uid;
	__u32 arguments_length;
	char parent_comm[COMM_LENGTH];
	char filename[FILENAME_LENGTH];
	// Separated by spaces; cut where they are longer.
	char arguments[ARGUMENTS_LENGTH];
};

// A pointer in a global variable is what makes clang describe the record in the object's BTF.
const struct exec_event *exec_event_type __attribute__((unused));

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} events SEC(".maps");

// Programs started while the buffer was full.
__u64 lost;

// A typed tracepoint: its arguments are kernel pointers whose types the verifier knows, so fields are read directly,
// and each read is relocated to the running kernel's layout (CO-RE).
SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, int old_pid, struct linux_binprm *program)
{
	struct exec_event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	struct task_struct *parent;
	unsigned long start, length;

	if (!event) {
		__sync_fetch_and_add(&lost, 1);
		return 0;
	}

	parent = task->real_parent;
	event->time_ns = bpf_ktime_get_ns();
	event->pid = task->tgid;
	event->parent_pid = parent->tgid;
	event->uid = bpf_get_current_uid_gid();
	bpf_probe_read_kernel_str(event->parent_comm, sizeof(event->parent_comm), parent->comm);
	bpf_probe_read_kernel_str(event->filename, sizeof(event->filename), program->filename);

	start = task->mm->arg_start;
	length = task->mm->arg_end - start;
	if (length > sizeof(event->arguments))
		length = sizeof(event->arguments);
	__builtin_memset(event->arguments, 0, sizeof(event->arguments));
	event->arguments_length = bpf_probe_read_user(event->arguments, length, (void *)start) ? 0 : length;

	// The kernel keeps each argument ended by a zero byte.
	for (int i = 0; i < ARGUMENTS_LENGTH - 1; i++)
		if (i + 1 < event->arguments_length && !event->arguments[i])
			event->arguments[i] = ' ';

	bpf_ringbuf_submit(event, 0);
	return 0;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
