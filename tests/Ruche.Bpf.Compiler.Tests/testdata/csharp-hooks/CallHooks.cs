// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Hooks;

/// <summary>Folders that are made: what was asked for, and what came of it.</summary>
[BpfObject]
public static unsafe class CallHooks
{
    [BpfMap(MaxEntries = 64 * 1024)]
    private static readonly BpfRingBuffer<CallEvent> Events = default;

    /// <summary>Who is looked at.</summary>
    private static readonly uint Process = 0;

    [Ksyscall("mkdir")]
    public static int OnCall(byte* path, ushort mode)
    {
        if (Bpf.CurrentProcessId != Process) return 0;
        var room = Events.Reserve();
        if (room.IsNull) return 0;
        ref CallEvent told = ref room.Record;
        told.IsReturn = 0;
        told.Number = mode;
        Bpf.ProbeReadUserStr(told.Path.AsSpan(), (ulong)path);
        room.Submit();
        return 0;
    }

    [Kretsyscall("mkdir")]
    public static int OnReturn(int result)
    {
        if (Bpf.CurrentProcessId != Process) return 0;
        var room = Events.Reserve();
        if (room.IsNull) return 0;
        room.Record.IsReturn = 1;
        room.Record.Number = result;
        room.Submit();
        return 0;
    }
}

/// <summary>A system call, or its return.</summary>
public struct CallEvent
{
    public int IsReturn;

    /// <summary>The mode, or the result.</summary>
    public int Number;

    public Text64 Path;
}
