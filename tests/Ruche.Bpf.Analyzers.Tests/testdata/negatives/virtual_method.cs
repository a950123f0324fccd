[BpfObject]
public static class VirtualMethod
{
    class Rule
    {
        public virtual XdpAction Decide() => XdpAction.Drop;
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Rule rule = new(); // RU1001
        return rule.Decide();
    }
}
