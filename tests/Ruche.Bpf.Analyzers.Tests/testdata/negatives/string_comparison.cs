[BpfObject]
public static class MyStringComparison
{
    const string Wanted = "bash";

    [Tracepoint("raw_syscalls", "sys_enter")]
    static int OnEnter(ref SysEnterContext context)
    {
        return string.Equals(Wanted, "nginx", StringComparison.Ordinal) ? 1 : 0; // RU1001
    }
}
