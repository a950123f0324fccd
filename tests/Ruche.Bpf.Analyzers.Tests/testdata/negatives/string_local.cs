[BpfObject]
public static class StringLocal
{
    [Tracepoint("raw_syscalls", "sys_enter")]
    static int OnEnter(ref SysEnterContext context)
    {
        string name = "nginx"; // RU1001
        return name.Length == 5 ? 1 : 0;
    }
}
