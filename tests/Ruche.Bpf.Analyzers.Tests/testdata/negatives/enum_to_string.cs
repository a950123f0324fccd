[BpfObject]
public static class EnumToString
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        string name = XdpAction.Drop.ToString(); // RU1001
        return name.Length > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
