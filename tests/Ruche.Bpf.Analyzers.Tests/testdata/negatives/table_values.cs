[KernelType("struct tcp_congestion_ops")]
public unsafe struct Control
{
    public delegate*<void*, void> init;
    public byte flags;
    public Text16 name;
}

[BpfObject]
public static class TableValues
{
    [BpfMap, StructOpsValue("name", "fifteen_letters"), StructOpsValue("flags", 255)] static readonly BpfStructOps<Control> Fits;
    [BpfMap, StructOpsValue("name", "sixteen__letters")] static readonly BpfStructOps<Control> LongName; // RU1009
    [BpfMap, StructOpsValue("flags", 256)] static readonly BpfStructOps<Control> LargeNumber; // RU1009
    [BpfMap, StructOpsValue("flags", "many")] static readonly BpfStructOps<Control> TextForNumber; // RU1009
    [BpfMap, StructOpsValue("owner", 1)] static readonly BpfStructOps<Control> NoSuchMember; // RU1009
    [BpfMap, StructOpsValue("init", 1)] static readonly BpfStructOps<Control> FunctionAsNumber; // RU1009
}
