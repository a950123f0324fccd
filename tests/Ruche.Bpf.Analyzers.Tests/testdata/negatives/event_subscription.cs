[BpfObject]
public static class EventSubscription
{
    static event Action? Seen; // RU1008

    static void OnSeen()
    {
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        Seen += OnSeen; // RU1002
        return XdpAction.Pass;
    }
}
