[BpfObject]
public static class StringToSpan
{
    [Tracepoint("raw_syscalls", "sys_enter")]
    static int OnEnter(ref SysEnterContext context)
    {
        ReadOnlySpan<char> name = "nginx"; // RU1001
        return name.Length;
    }
}
