// SPDX-License-Identifier: MIT
/// <summary>Counts on which stacks of which programs time is spent.</summary>
[BpfObject]
public static class Profiler
{
    private struct Place
    {
        public uint Process;
        public int Kernel, User;
        public Text16 Name;
    }

    [BpfMap(MaxEntries = 10240)]
    private static readonly BpfHashMap<Place, ulong> Counts;

    [BpfMap(MaxEntries = 4096)]
    private static readonly BpfStackTraceMap Stacks;

    [PerfEvent(Name = "profile")]
    private static int Sample(in PerfEventContext context)
    {
        Place place = new() { Process = (uint)(Bpf.GetCurrentPidTgid() >> 32) };
        if (place.Process == 0) return 0;
        place.Kernel = (int)Stacks.GetStackId(in context);
        place.User = (int)Stacks.GetStackId(in context, StackFlags.User);
        Bpf.GetCurrentComm(out place.Name);
        ref ulong count = ref Counts.LookupOrAdd(in place, 0);
        if (!Bpf.IsNull(ref count)) Interlocked.Increment(ref count);
        return 0;
    }
}
