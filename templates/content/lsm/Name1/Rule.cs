namespace Name1;

/// <summary>Lets only listed users look into other processes (debuggers, /proc/PID/mem), and reports who was refused.</summary>
[BpfObject]
public static class Rule
{
    private const int NotPermitted = -1;

    /// <summary>The users who may.</summary>
    [BpfMap(MaxEntries = 1024)]
    private static readonly BpfHashMap<uint, byte> Allowed = default;

    [BpfMap(MaxEntries = 64 * 1024)]
    private static readonly BpfRingBuffer<Refusal> Refusals = default;

    [Lsm("ptrace_access_check")]
    public static int MayLookInto(ulong process, uint mode, int decided)
    {
        // What came before has refused already.
        if (decided != 0) return decided;
        if (Allowed.Contains(Bpf.CurrentUserId)) return 0;

        var room = Refusals.Reserve();
        if (room.IsNull) return NotPermitted;
        room.Record.ProcessId = Bpf.CurrentProcessId;
        room.Record.UserId = Bpf.CurrentUserId;
        Bpf.GetCurrentComm(out room.Record.Command);
        room.Submit();
        return NotPermitted;
    }
}

/// <summary>Somebody who was refused.</summary>
public struct Refusal
{
    public uint ProcessId;
    public uint UserId;
    public Text16 Command;
}
