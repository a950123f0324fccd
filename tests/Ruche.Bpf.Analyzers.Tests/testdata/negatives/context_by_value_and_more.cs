[BpfObject]
public static class ContextByValueAndMore
{
    [Tracepoint("raw_syscalls", "sys_enter")]
    static int OnEnter(ref SysEnterContext context, int number) => number; // RU1010
}
