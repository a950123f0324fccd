[BpfObject]
public static class StructRecursion
{
    struct Counter
    {
        public uint Left;

        public uint Run()
        {
            if (Left == 0) return 0;
            Left--;
            return 1 + Run(); // RU1005
        }
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Counter counter = new() { Left = context.IngressInterface };
        return counter.Run() > 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
