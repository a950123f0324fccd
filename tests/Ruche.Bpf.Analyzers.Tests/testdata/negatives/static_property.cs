[BpfObject]
public static class StaticProperty
{
    static string? Name { get; set; } // RU1008

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return XdpAction.Pass;
    }
}
