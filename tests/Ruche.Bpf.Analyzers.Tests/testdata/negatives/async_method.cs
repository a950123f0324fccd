[BpfObject]
public static class AsyncMethod
{
    static async System.Threading.Tasks.Task WaitAsync() => await System.Threading.Tasks.Task.Yield();

    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        _ = WaitAsync(); // RU1001
        return XdpAction.Pass;
    }
}
