[BpfObject]
public static class ProgramReturnsATask
{
    [Xdp]
    static System.Threading.Tasks.Task<int> Filter(in XdpContext context) => null!; // RU1010
}
