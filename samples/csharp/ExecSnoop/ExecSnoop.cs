// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Samples;

/// <summary>Reports every program that is started: who started it, as whom, and with which arguments.</summary>
[BpfObject]
public static unsafe class ExecSnoop
{
    [BpfMap(MaxEntries = 256 * 1024)]
    private static readonly BpfRingBuffer<ExecEvent> Events = default;

    /// <summary>Programs that were started while the buffer was full.</summary>
    private static ulong _lost;

    [BtfTracepoint("sched_process_exec")]
    public static int OnExec(in task_struct task, int formerId, in linux_binprm program)
    {
        var room = Events.Reserve();
        if (room.IsNull)
        {
            Interlocked.Increment(ref _lost);
            return 0;
        }

        ref ExecEvent told = ref room.Record;
        task_struct* parent = task.real_parent;
        told.Time = Bpf.KtimeGetNs();
        told.ProcessId = task.tgid;
        told.ParentId = parent->tgid;
        told.UserId = (uint)Bpf.GetCurrentUidGid();
        Bpf.ProbeReadKernelStr(told.ParentName.AsSpan(), (ulong)&parent->comm);
        Bpf.ProbeReadKernelStr(told.File.AsSpan(), (ulong)program.filename);
        told.ArgumentsLength = ReadArguments(task.mm, told.Arguments.AsSpan());
        room.Submit();
        return 0;
    }

    // The kernel keeps them side by side, each with a zero behind it.
    private static uint ReadArguments(mm_struct* memory, Span<byte> text)
    {
        ulong start = memory->arg_start;
        uint length = (uint)Math.Min(memory->arg_end - start, (ulong)text.Length);
        return new UserPointer<byte>(start).Read(text[..(int)length]) == 0 ? length : 0;
    }
}

/// <summary>A program that was started.</summary>
public struct ExecEvent
{
    public ulong Time;
    public int ProcessId;
    public int ParentId;
    public uint UserId;

    /// <summary>How many bytes of <see cref="Arguments"/> are filled.</summary>
    public uint ArgumentsLength;

    public Text16 ParentName;
    public Text256 File;

    /// <summary>The arguments, each with a zero behind it; cut where they are longer.</summary>
    public Text256 Arguments;
}
