[BpfObject]
public static class KernelStructInAVariable
{
    [KernelType("struct task_struct")]
    struct task_struct
    {
        public int pid, tgid;
    }

    static task_struct Last; // RU1015

    [BtfTracepoint("sched_process_exec")]
    static int OnExec(in task_struct task)
    {
        Last = task; // RU1015
        return 0;
    }
}
