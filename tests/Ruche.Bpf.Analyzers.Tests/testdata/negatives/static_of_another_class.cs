static class Settings
{
    public static string? Name;
}

[BpfObject]
public static class StaticOfAnotherClass
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        return Settings.Name == null ? XdpAction.Drop : XdpAction.Pass; // RU1008
    }
}
