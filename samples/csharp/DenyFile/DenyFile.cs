// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;

namespace Samples;

/// <summary>Refuses to open files that are listed, to whoever asks, root included. Files are told apart by inode: another name or link does not help.</summary>
[BpfObject]
public static unsafe class DenyFile
{
    private const int NotPermitted = -1;

    /// <summary>The files that are refused, and how often each was.</summary>
    [BpfMap(MaxEntries = 1024)]
    private static readonly BpfHashMap<FileId, ulong> Denied = default;

    [BpfMap(MaxEntries = 64 * 1024)]
    private static readonly BpfRingBuffer<Refusal> Events = default;

    [Lsm("file_open")]
    public static int MayOpen(in kernel_file opened, int decided)
    {
        if (decided != 0) return decided;
        inode* node = opened.f_inode;
        FileId id = new() { Inode = node->i_ino, Device = node->i_sb->s_dev };
        ref ulong refused = ref Denied.Lookup(in id);
        if (Bpf.IsNull(ref refused)) return 0;
        Interlocked.Increment(ref refused);
        Tell(in id);
        return NotPermitted;
    }

    private static void Tell(in FileId id)
    {
        var room = Events.Reserve();
        if (room.IsNull) return;
        ref Refusal told = ref room.Record;
        told.File = id;
        told.ProcessId = (uint)(Bpf.GetCurrentPidTgid() >> 32);
        told.UserId = (uint)Bpf.GetCurrentUidGid();
        Bpf.GetCurrentComm(out told.Command);
        room.Submit();
    }
}

/// <summary>A file, as <c>stat</c> knows it; the kernel writes the device as major number times 2^20 plus minor number.</summary>
public struct FileId
{
    public ulong Inode;
    public ulong Device;
}

/// <summary>Somebody who was refused a file.</summary>
public struct Refusal
{
    public FileId File;
    public uint ProcessId;
    public uint UserId;
    public Text16 Command;
}
