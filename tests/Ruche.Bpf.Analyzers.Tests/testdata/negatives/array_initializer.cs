[BpfObject]
public static class ArrayInitializer
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        int[] ports = { 80, 443, 8080 }; // RU1001
        for (int i = 0; i < ports.Length; i++)
        {
            if (ports[i] == (int)context.IngressInterface) return XdpAction.Drop;
        }

        return XdpAction.Pass;
    }
}
