[BpfObject]
public static class PropertyRecursion
{
    struct Length
    {
        public uint Value;

        public uint Total => Value > 1 ? Total + 1 : 0; // RU1005
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Length length = new() { Value = context.IngressInterface };
        return length.Total > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
