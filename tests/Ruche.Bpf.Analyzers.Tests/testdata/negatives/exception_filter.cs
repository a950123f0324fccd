[BpfObject]
public static class ExceptionFilter
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        uint number = context.IngressInterface;
        try
        {
            number *= 2;
        }
        catch (Exception) when (number > 3) // RU1003
        {
            number = 0;
        }

        return number == 3 ? XdpAction.Drop : XdpAction.Pass;
    }
}
