static class Settings
{
    public static long Began = Environment.TickCount64;
}

[BpfObject]
public static class StaticOfAnotherClassFromACall
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Settings.Began > 3 ? XdpAction.Drop : XdpAction.Pass; // RU1008
    }
}
