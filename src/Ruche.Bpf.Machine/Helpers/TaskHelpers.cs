// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Ruche.Bpf.Machine.Runs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Helpers that tell on whose behalf and where a program runs, from what the environment says.</summary>
internal static class TaskHelpers
{
    private const int NameLength = 16;
    private const ulong SkipMask = 0xff;
    private const ulong OfUser = 1 << 8;

    public static HelperTable AddTo(HelperTable table) => table
        .With(HelperId.GetCurrentPidTgid, static (in HelperCall call) => ((ulong)call.Environment.Task.ProcessId << 32) | call.Environment.Task.ThreadId)
        .With(HelperId.GetCurrentUidGid, static (in HelperCall call) => ((ulong)call.Environment.Task.GroupId << 32) | call.Environment.Task.UserId)
        .With(HelperId.GetCurrentComm, GetName)
        .With(HelperId.GetCurrentTask, static (in HelperCall call) => call.Environment.Task.Address)
        .With(HelperId.GetCurrentTaskBtf, static (in HelperCall call) => call.Environment.Task.Address)
        .With(HelperId.GetCurrentCgroupId, static (in HelperCall call) => call.Environment.Task.CgroupId)
        .With(HelperId.GetCurrentAncestorCgroupId, static (in HelperCall call) => Ancestor(call, call.First))
        .With(HelperId.SkbCgroupId, static (in HelperCall call) => call.Environment.Task.CgroupId)
        .With(HelperId.SkCgroupId, static (in HelperCall call) => call.Environment.Task.CgroupId)
        .With(HelperId.SkbAncestorCgroupId, static (in HelperCall call) => Ancestor(call, call.Second))
        .With(HelperId.SkAncestorCgroupId, static (in HelperCall call) => Ancestor(call, call.Second))
        .With(HelperId.GetSmpProcessorId, static (in HelperCall call) => (ulong)call.Environment.Cpu)
        .With(HelperId.GetNumaNodeId, static (in HelperCall call) => (ulong)call.Environment.NumaNode)
        .With(HelperId.GetAttachCookie, static (in HelperCall call) => call.Environment.AttachCookie)
        .With(HelperId.GetFuncIp, static (in HelperCall call) => call.Environment.FunctionAddress)
        .With(HelperId.GetNetnsCookie, static (in HelperCall call) => call.Environment.NetworkNamespaceCookie)
        .With(HelperId.GetSocketCookie, static (in HelperCall call) => call.Environment.SocketCookie)
        .With(HelperId.GetSocketUid, static (in HelperCall call) => call.Environment.SocketUserId)
        .With(HelperId.GetStack, static (in HelperCall call) => GetStack(call, call.Second, call.Third, call.Fourth))
        .With(HelperId.GetTaskStack, static (in HelperCall call) => GetStack(call, call.Second, call.Third, call.Fourth))
        .With(HelperId.SendSignal, SendSignal)
        .With(HelperId.SendSignalThread, SendSignal)
        .With(HelperId.GetPrandomU32, static (in HelperCall call) => (uint)call.Environment.NextRandom());

    private static ulong GetName(in HelperCall call)
    {
        var target = call.Write(call.First, Answers.Length(call.Second, call.First));
        target.Clear();
        byte[] name = Encoding.UTF8.GetBytes(call.Environment.Task.Name);
        name.AsSpan(0, Math.Min(name.Length, Math.Min(target.Length, NameLength) - 1)).CopyTo(target);
        return 0;
    }

    private static ulong Ancestor(in HelperCall call, ulong level)
    {
        var task = call.Environment.Task;
        ImmutableArray<ulong> path = task.CgroupPath.IsEmpty ? [task.CgroupId] : task.CgroupPath;
        return level < (ulong)path.Length ? path[(int)level] : 0;
    }

    private static ulong GetStack(in HelperCall call, ulong address, ulong size, ulong flags)
    {
        var target = call.Write(address, Answers.Length(size, address));
        target.Clear();
        if (target.Length % sizeof(ulong) != 0) return Answers.Of(Errno.EINVAL);
        var stack = (flags & OfUser) != 0 ? call.Environment.Task.UserStack : call.Environment.Task.KernelStack;
        int skip = (int)Math.Min(flags & SkipMask, (ulong)stack.Length);
        var bytes = MemoryMarshal.AsBytes(stack.AsSpan()[skip..]);
        if (bytes.Length > target.Length) bytes = bytes[..target.Length];
        bytes.CopyTo(target);
        return bytes.Length == 0 ? Answers.Of(Errno.EFAULT) : (ulong)bytes.Length;
    }

    private static ulong SendSignal(in HelperCall call)
    {
        if (call.Run.Effects.Signals.Count == RunEffects.Most) return Answers.Of(Errno.EBUSY);
        call.Run.Effects.Signals.Add((int)call.First);
        return 0;
    }
}
