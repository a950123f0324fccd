[BpfObject]
public static class SevenRegisters
{
    [Kprobe("do_unlinkat")]
    static int OnUnlink(int a, int b, int c, int d, int e, int f, int g) => a + g; // RU1010
}
