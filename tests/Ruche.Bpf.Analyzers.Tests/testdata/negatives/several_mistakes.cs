[BpfObject]
public static class SeveralMistakes
{
    [Xdp]
    static XdpAction Filter(in XdpContext context)
    {
        long now = Environment.TickCount64; // RU1006
        double half = now * 0.5; // RU1004
        int[] rows = new int[3]; // RU1001
        if (now > 5) throw new InvalidOperationException(); // RU1003
        return half > rows.Length ? XdpAction.Drop : XdpAction.Pass;
    }
}
