[BpfObject]
public static class StringResult
{
    static string Name() => "nginx"; // RU1001

    [Tracepoint("raw_syscalls", "sys_enter")]
    static int OnEnter(ref SysEnterContext context)
    {
        return Name().Length > 3 ? 1 : 0;
    }
}
