[BpfObject]
public static class OverloadedPrograms
{
    [Kprobe("do_unlinkat")]
    static int OnCall(int first) => first;

    [Kprobe("do_linkat")]
    static int OnCall(long first) => 0; // RU1010
}
