[BpfObject]
public static class NumberToString
{
    [Tracepoint("raw_syscalls", "sys_enter")]
    static int OnEnter(ref SysEnterContext context)
    {
        uint pid = (uint)(Bpf.GetCurrentPidTgid() >> 32);
        return pid.ToString().Length; // RU1001
    }
}
