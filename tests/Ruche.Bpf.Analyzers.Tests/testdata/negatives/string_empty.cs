[BpfObject]
public static class StringEmpty
{
    [Tracepoint("raw_syscalls", "sys_enter")]
    static int OnEnter(ref SysEnterContext context)
    {
        return string.Empty.Length; // RU1001
    }
}
