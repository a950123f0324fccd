[BpfObject]
public static class KernelStructInALocal
{
    [KernelType("struct task_struct")]
    struct task_struct
    {
        public int pid, tgid;
    }

    [BtfTracepoint("sched_process_exec")]
    static int OnExec(in task_struct task)
    {
        task_struct copy = task; // RU1015
        return copy.pid;
    }
}
