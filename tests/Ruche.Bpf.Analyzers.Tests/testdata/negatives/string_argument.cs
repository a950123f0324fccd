[BpfObject]
public static class StringArgument
{
    static bool IsServer(string name) => name.Length == 5;

    [Tracepoint("raw_syscalls", "sys_enter")]
    static int OnEnter(ref SysEnterContext context)
    {
        return IsServer("nginx") ? 1 : 0; // RU1001
    }
}
