[BpfObject]
public static class StringInterpolation
{
    [Tracepoint("raw_syscalls", "sys_enter")]
    static int OnEnter(ref SysEnterContext context)
    {
        uint pid = (uint)(Bpf.GetCurrentPidTgid() >> 32);
        string text = $"pid {pid}"; // RU1001
        return text.Length;
    }
}
