[BpfObject]
public static class KernelStructAsArgument
{
    [KernelType("struct task_struct")]
    struct task_struct
    {
        public int pid, tgid;
    }

    static int Pid(task_struct task) => task.pid;

    [BtfTracepoint("sched_process_exec")]
    static int OnExec(in task_struct task)
    {
        return Pid(task); // RU1015
    }
}
