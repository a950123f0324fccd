[BpfObject]
public static class AbstractClass
{
    abstract class Rule
    {
        public abstract XdpAction Decide();
    }

    sealed class Everything : Rule
    {
        public override XdpAction Decide() => XdpAction.Drop;
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Rule rule = new Everything(); // RU1001
        return rule.Decide();
    }
}
