[BpfObject]
public static class StringFormat
{
    [Tracepoint("raw_syscalls", "sys_enter")]
    static int OnEnter(ref SysEnterContext context)
    {
        uint pid = (uint)(Bpf.GetCurrentPidTgid() >> 32);
        string text = string.Format("pid {0}", pid); // RU1001
        return text.Length;
    }
}
