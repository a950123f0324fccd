[BpfObject]
public static class CallRandom
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Random.Shared.Next() > 3 ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
