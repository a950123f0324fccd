// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Helpers on what programs keep with sockets, tasks, inodes and cgroups, and on stack traces.</summary>
internal static class StorageHelpers
{
    private const ulong Create = 1;
    private const ulong SkipMask = 0xff;
    private const ulong OfUser = 1 << 8;
    private const ulong KnownStackFlags = SkipMask | OfUser | (1 << 9) | (1 << 10);

    public static HelperTable AddTo(HelperTable table) => table
        .With(HelperId.SkStorageGet, Get)
        .With(HelperId.TaskStorageGet, Get)
        .With(HelperId.InodeStorageGet, Get)
        .With(HelperId.CgrpStorageGet, Get)
        .With(HelperId.SkStorageDelete, Delete)
        .With(HelperId.TaskStorageDelete, Delete)
        .With(HelperId.InodeStorageDelete, Delete)
        .With(HelperId.CgrpStorageDelete, Delete)
        .With(HelperId.GetLocalStorage, static (in HelperCall call) => Find(call, (uint)call.Environment.Task.CgroupId, [], creates: true))
        .With(HelperId.GetStackid, GetStackId);

    private static ulong Get(in HelperCall call)
    {
        if (call.Fourth > Create || call.Second == 0) return 0;
        var map = call.Map(call.First);
        var initial = call.Third == 0 ? [] : call.Read(call.Third, map.ValueSize);
        return Find(call, (uint)call.Second, initial, call.Fourth == Create);
    }

    // The number of a socket, task, inode or cgroup is the lower half of the address that stands for it.
    private static ulong Find(in HelperCall call, uint owner, ReadOnlySpan<byte> initial, bool creates)
    {
        if (call.Map(call.First) is not StorageMap map) throw new ArgumentException($"0x{call.First:x} is no storage map");
        return (ulong)(creates ? map.LookupOrAdd(owner, initial) : map.Lookup(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in owner)), 0));
    }

    private static ulong Delete(in HelperCall call)
    {
        if (call.Second == 0) return Answers.Of(Errno.EINVAL);
        uint owner = (uint)call.Second;
        return Answers.Of(call.Map(call.First).Delete(MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in owner))));
    }

    private static ulong GetStackId(in HelperCall call)
    {
        if (call.Map(call.Second) is not StackTraceMap map) throw new ArgumentException($"0x{call.Second:x} is no stack trace map");
        if ((call.Third & ~KnownStackFlags) != 0) return Answers.Of(Errno.EINVAL);
        var task = call.Environment.Task;
        var stack = (call.Third & OfUser) != 0 ? task.UserStack : task.KernelStack;
        int skip = (int)(call.Third & SkipMask);
        if (skip >= stack.Length) return Answers.Of(Errno.EFAULT);
        var errno = map.Add(MemoryMarshal.AsBytes(stack.AsSpan()[skip..]), call.Third, out uint id);
        return errno is Errno.None ? id : Answers.Of(errno);
    }
}
