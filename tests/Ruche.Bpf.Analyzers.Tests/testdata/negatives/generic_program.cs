[BpfObject]
public static class GenericProgram
{
    [Xdp]
    static int Filter<T>(in XdpContext context) => 1; // RU1010
}
