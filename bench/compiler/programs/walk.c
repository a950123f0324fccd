// SPDX-License-Identifier: MIT
// How far a process is from the first one, and whether it is a thread of its own: a walk through task_struct.
#include "packet.h"

struct mm_struct {
	unsigned long total_vm;
} __attribute__((preserve_access_index));

struct task_struct {
	int pid, tgid;
	struct task_struct *real_parent, *group_leader;
	struct mm_struct *mm;
	unsigned int flags;
} __attribute__((preserve_access_index));

SEC("syscall")
int walk(void *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct task_struct *leader = task->group_leader;
	struct task_struct *parent = leader->real_parent;
	int score = 0;
	if (task->pid == task->tgid)
		score = 1;
	if (task->flags & 0x00200000)
		score += 2;
	if (parent->tgid == 1)
		score += 4;
	else if (parent->real_parent->tgid == 1)
		score += 8;
	if (task->mm && task->mm->total_vm > 100)
		score += 16;
	return score;
}
