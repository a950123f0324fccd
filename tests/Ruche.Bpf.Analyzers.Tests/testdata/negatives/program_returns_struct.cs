[BpfObject]
public static class ProgramReturnsStruct
{
    struct Verdict
    {
        public int Value;
    }

    [Xdp]
    static Verdict Filter(in XdpContext context) => new() { Value = 1 }; // RU1010
}
