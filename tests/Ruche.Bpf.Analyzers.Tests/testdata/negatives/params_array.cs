[BpfObject]
public static class ParamsArray
{
    static uint Largest(params uint[] values)
    {
        uint largest = 0;
        foreach (uint value in values) largest = Math.Max(largest, value);
        return largest;
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Largest(1, context.IngressInterface, 3) > 2 ? XdpAction.Drop : XdpAction.Pass; // RU1001
    }
}
