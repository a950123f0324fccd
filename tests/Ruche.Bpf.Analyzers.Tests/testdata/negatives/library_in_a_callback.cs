[BpfObject]
public static unsafe class LibraryInACallback
{
    static long Add(ulong turn, ulong* sum)
    {
        *sum += (ulong)Environment.TickCount64; // RU1006
        return 0;
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        ulong sum = 0;
        Bpf.Loop(4, &Add, ref sum);
        return sum > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
