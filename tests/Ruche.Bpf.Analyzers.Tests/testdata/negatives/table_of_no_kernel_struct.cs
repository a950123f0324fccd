public struct Functions
{
    public uint Flags;
}

[BpfObject]
public static class TableOfNoKernelStruct
{
    [BpfMap] static readonly BpfStructOps<Functions> Table; // RU1009

    [StructOps]
    static void Init() { }
}
