[BpfObject]
public static class OwnException
{
    sealed class NoInterfaceException : Exception
    {
    }

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        if (context.IngressInterface == 0) throw new NoInterfaceException(); // RU1003
        return XdpAction.Pass;
    }
}
