[BpfObject]
public static class StringSwitch
{
    static int Port(string service) => service switch
    {
        "http" => 80,
        "https" => 443,
        _ => 0,
    };

    [Tracepoint("raw_syscalls", "sys_enter")]
    static int OnEnter(ref SysEnterContext context)
    {
        return Port("http"); // RU1001
    }
}
