[KernelType("struct sock")]
public struct Socket;

[KernelType("struct tcp_congestion_ops")]
public unsafe struct Control
{
    public delegate*<Socket*, uint> ssthresh;
    public delegate*<Socket*, uint, uint, void> cong_avoid;
    public delegate*<Socket*, void> init;
    public delegate*<Socket*, byte, void> set_state;
    public uint flags;
}

[BpfObject]
public static unsafe class TablePrograms
{
    [BpfMap] static readonly BpfStructOps<Control> First;
    [BpfMap] static readonly BpfStructOps<Control> Second;

    [StructOps]
    static uint Ssthresh(ref readonly Socket socket) => 2;

    [StructOps("init", Table = "First")]
    static void Begin(Socket* socket) { }

    [StructOps("init", Table = "Second")]
    static void BeginOther(Socket* socket) { }

    [StructOps("init", Table = "Second")]
    static void BeginAgain(Socket* socket) { } // RU1010

    [StructOps("init", Table = "Third")]
    static void BeginNowhere(Socket* socket) { } // RU1010

    [StructOps]
    static void CongAvoid(Socket* socket, uint answered) { } // RU1010

    [StructOps("cong_avoid")]
    static int Avoid(Socket* socket, uint answered, uint packets) => 0; // RU1010

    [StructOps]
    static void SetState(Socket* socket, uint state) { } // RU1010

    [StructOps]
    static uint UndoCwnd(Socket* socket) => 2; // RU1010

    [StructOps]
    static void Flags() { } // RU1010
}
