// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Samples;

/// <summary>Reports every file that is opened, or could not be: by whom, and with which result.</summary>
[BpfObject]
public static class OpenSnoop
{
    /// <summary>Only this process; 0 means all. May be set before the object is loaded.</summary>
    private static readonly uint Process = 0;

    /// <summary>What threads asked for whose call has not returned yet, by thread id.</summary>
    [BpfMap(MaxEntries = 10240)]
    private static readonly BpfLruHashMap<uint, OpenRequest> Started = default;

    [BpfMap(MaxEntries = 256 * 1024)]
    private static readonly BpfRingBuffer<OpenEvent> Events = default;

    [Tracepoint("syscalls", "sys_enter_openat")]
    public static int OnEnter(in SysEnterContext call)
    {
        ulong id = Bpf.GetCurrentPidTgid();
        if (Process != 0 && Process != (uint)(id >> 32)) return 0;
        OpenRequest request = new() { File = call.Argument(1), Flags = (uint)call.Argument(2) };
        Started.Update((uint)id, in request);
        return 0;
    }

    [Tracepoint("syscalls", "sys_exit_openat")]
    public static int OnExit(in SysExitContext call)
    {
        ulong id = Bpf.GetCurrentPidTgid();
        uint thread = (uint)id;
        ref OpenRequest request = ref Started.Lookup(in thread);
        if (Bpf.IsNull(ref request)) return 0;
        var room = Events.Reserve();
        if (!room.IsNull)
        {
            ref OpenEvent told = ref room.Record;
            told.Time = Bpf.KtimeGetNs();
            told.ProcessId = (uint)(id >> 32);
            told.UserId = (uint)Bpf.GetCurrentUidGid();
            told.Result = (int)call.ReturnValue;
            told.Flags = request.Flags;
            Bpf.GetCurrentComm(out told.Command);

            // The name is read only now: the kernel has just read it itself, so that it is in memory.
            Bpf.ProbeReadUserStr(told.File.AsSpan(), request.File);
            room.Submit();
        }

        Started.Delete(in thread);
        return 0;
    }
}

/// <summary>What a thread asked for.</summary>
public struct OpenRequest
{
    /// <summary>Where the thread keeps the name.</summary>
    public ulong File;

    public uint Flags;

    private uint _unused;
}

/// <summary>A file that was opened, or was not.</summary>
public struct OpenEvent
{
    public ulong Time;
    public uint ProcessId;
    public uint UserId;

    /// <summary>The file descriptor, or a negative error.</summary>
    public int Result;

    public uint Flags;
    public Text16 Command;
    public Text256 File;
}
