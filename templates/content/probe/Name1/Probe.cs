namespace Name1;

/// <summary>Reports every file that somebody asks to open.</summary>
[BpfObject]
public static class Probe
{
    /// <summary>Only this process; 0 means all. May be set before the probe is loaded.</summary>
    private static readonly uint Process = 0;

    /// <summary>How many files each process asked for.</summary>
    [BpfMap(MaxEntries = 10240)]
    private static readonly BpfHashMap<uint, ulong> Counts = default;

    [BpfMap(MaxEntries = 256 * 1024)]
    private static readonly BpfRingBuffer<OpenEvent> Events = default;

    [Tracepoint("syscalls", "sys_enter_openat")]
    public static int OnOpen(in SysEnterContext call)
    {
        uint process = Bpf.CurrentProcessId;
        if (Process != 0 && Process != process) return 0;
        ref ulong count = ref Counts.LookupOrAdd(in process, 0);
        if (!Bpf.IsNull(ref count)) Interlocked.Increment(ref count);

        var room = Events.Reserve();
        if (room.IsNull) return 0;
        room.Record.ProcessId = process;
        Bpf.GetCurrentComm(out room.Record.Command);
        Bpf.ProbeReadUserStr(room.Record.File.AsSpan(), call.Argument(1));
        room.Submit();
        return 0;
    }
}

/// <summary>A file that somebody asked to open.</summary>
public struct OpenEvent
{
    public uint ProcessId;
    public Text16 Command;
    public Text256 File;
}
