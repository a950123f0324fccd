[BpfObject]
public static class TwoResults
{
    [Kretprobe("do_unlinkat")]
    static int OnReturn(int result, int other) => result + other; // RU1010
}
