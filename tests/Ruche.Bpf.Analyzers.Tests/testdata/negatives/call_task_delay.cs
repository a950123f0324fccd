[BpfObject]
public static class CallTaskDelay
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return System.Threading.Tasks.Task.CompletedTask.IsCompleted ? XdpAction.Drop : XdpAction.Pass; // RU1006
    }
}
