[BpfObject]
public static class JaggedArray
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        byte[][] rows = new byte[2][]; // RU1001
        rows[0] = rows[1];
        return XdpAction.Pass;
    }
}
