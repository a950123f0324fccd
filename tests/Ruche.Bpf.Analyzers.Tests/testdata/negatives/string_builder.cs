using System.Text;

[BpfObject]
public static class MyStringBuilder
{
    [Tracepoint("raw_syscalls", "sys_enter")]
    static int OnEnter(ref SysEnterContext context)
    {
        StringBuilder text = new(); // RU1001
        text.Append('a');
        return text.Length;
    }
}
