[BpfObject]
public static class StaticFromAnother
{
    static int Least = 3;

    static int Most = Least + 4; // RU1008

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Most > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
