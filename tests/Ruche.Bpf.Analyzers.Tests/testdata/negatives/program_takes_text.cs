[BpfObject]
public static class ProgramTakesText
{
    [Kprobe("do_unlinkat")]
    static int OnUnlink(int folder, string name) => folder; // RU1010
}
