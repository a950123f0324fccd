// SPDX-License-Identifier: MIT
// Since Linux 5.14: programs that are run by a system call.
/// <summary>How far a process is from the first one, and whether it is a thread of its own: a walk through task_struct.</summary>
[BpfObject]
public static unsafe class Walk
{
    [KernelType("struct mm_struct")]
    private struct mm_struct
    {
        public ulong total_vm;
    }

    [KernelType("struct task_struct")]
    private struct task_struct
    {
        public int pid, tgid;
        public task_struct* real_parent, group_leader;
        public mm_struct* mm;
        public uint flags;
    }

    [Syscall(Name = "walk")]
    private static int Score()
    {
        ref task_struct task = ref Bpf.GetCurrentTaskBtf<task_struct>();
        task_struct* parent = task.group_leader->real_parent;
        int score = 0;
        if (task.pid == task.tgid) score = 1;
        if ((task.flags & 0x00200000) != 0) score += 2;
        if (parent->tgid == 1) score += 4;
        else if (parent->real_parent->tgid == 1) score += 8;
        if (task.mm != null && task.mm->total_vm > 100) score += 16;
        return score;
    }
}
