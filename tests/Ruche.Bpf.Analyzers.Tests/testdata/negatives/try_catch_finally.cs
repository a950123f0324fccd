[BpfObject]
public static class TryCatchFinally
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        uint number = 0;
        try
        {
            number = context.IngressInterface;
        }
        catch // RU1003
        {
            number = 1;
        }
        finally
        {
            number++;
        }

        return number == 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
