// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Compiler;
using Ruche.Bpf.Machine;
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Trace.Recording;

/// <summary>Answers a program in the machine as the recording says. An answer that is asked for again, and was not recorded again, stays the same.</summary>
internal sealed class FiringPlayer
{
    // What programs can reach of a context that is longer than the words they were given.
    private const int ContextBytes = 8192;
    private const ulong Unreadable = unchecked((ulong)-14);

    private static readonly HelperId[] Numbers =
    [
        HelperId.KtimeGetNs, HelperId.KtimeGetBootNs, HelperId.KtimeGetCoarseNs, HelperId.KtimeGetTaiNs, HelperId.Jiffies64, HelperId.GetPrandomU32,
        HelperId.GetCurrentPidTgid, HelperId.GetCurrentUidGid, HelperId.GetCurrentTask, HelperId.GetCurrentCgroupId, HelperId.GetSmpProcessorId,
        HelperId.GetNumaNodeId, HelperId.GetFuncIp, HelperId.GetAttachCookie, HelperId.GetStackid, HelperId.GetSocketCookie, HelperId.SendSignal,
        HelperId.SendSignalThread, HelperId.OverrideReturn, HelperId.ProbeWriteUser, HelperId.SkbOutput,
    ];

    private readonly Dictionary<int, int> _asked = [];
    private Firing _firing = new(0, 0, 0, []);

    public FiringPlayer()
    {
        var table = HelperTable.Empty;
        foreach (var helper in Numbers) table = table.With(helper, (in HelperCall call) => Next(helper)?.Result ?? 0);
        foreach (var helper in (HelperId[])[HelperId.ProbeRead, HelperId.ProbeReadKernel, HelperId.ProbeReadUser]) table = table.With(helper, (in HelperCall call) => ReadMemory(call));
        foreach (var helper in (HelperId[])[HelperId.ProbeReadStr, HelperId.ProbeReadKernelStr, HelperId.ProbeReadUserStr]) table = table.With(helper, (in HelperCall call) => ReadText(call));
        Helpers = table
            .With(HelperId.GetCurrentComm, (in HelperCall call) => Give(HelperId.GetCurrentComm, call.Write(call.First, (int)call.Second)))
            .With(HelperId.GetStack, (in HelperCall call) => Give(HelperId.GetStack, call.Write(call.Second, (int)call.Third)))
            .With(HelperId.GetFuncRet, (in HelperCall call) => Give(HelperId.GetFuncRet, call.Write(call.Second, sizeof(ulong))))
            .With(HelperId.DPath, (in HelperCall call) => Give(HelperId.DPath, call.Write(call.Second, (int)call.Third)))
            .With(HelperId.GetNsCurrentPidTgid, (in HelperCall call) => Give(HelperId.GetNsCurrentPidTgid, call.Write(call.Third, (int)call.Fourth)));
    }

    /// <summary>The helpers.</summary>
    public HelperTable Helpers { get; }

    /// <summary>How many answers were asked for that are not in the recording.</summary>
    public int Missing { get; private set; }

    /// <summary>Takes the next firing; returns its context.</summary>
    public byte[] Take(Firing firing)
    {
        _firing = firing;
        _asked.Clear();
        byte[] context = new byte[ContextBytes];
        foreach (var answer in firing.Answers)
        {
            if (answer.What == AnswerWord.Context)
            {
                if (answer.Key < ContextBytes - sizeof(ulong)) BinaryPrimitives.WriteUInt64LittleEndian(context.AsSpan((int)answer.Key), answer.Result | BinaryPrimitives.ReadUInt64LittleEndian(context.AsSpan((int)answer.Key)));
            }
            else if (answer.Key >= firing.Context && answer.Key - firing.Context is < ContextBytes and var place)
            {
                var memory = answer.Memory.AsSpan(0, Math.Min(answer.Memory.Length, ContextBytes - (int)place));
                memory.CopyTo(context.AsSpan((int)place));
            }
        }

        return context;
    }

    private FiringAnswer? Next(HelperId helper)
    {
        int asked = _asked.GetValueOrDefault((int)helper);
        _asked[(int)helper] = asked + 1;
        FiringAnswer? last = null;
        foreach (var answer in _firing.Answers)
        {
            if (answer.Helper != helper) continue;
            last = answer;
            if (asked-- == 0) break;
        }

        if (last is null) Missing++;
        return last;
    }

    private ulong Give(HelperId helper, Span<byte> to)
    {
        to.Clear();
        if (Next(helper) is not { } answer) return Unreadable;
        answer.Memory.AsSpan(0, Math.Min(answer.Memory.Length, to.Length)).CopyTo(to);
        return answer.Result;
    }

    private ulong ReadMemory(in HelperCall call)
    {
        var to = call.Write(call.First, (int)call.Second);
        if (ReadOwn(call, call.Third, to)) return 0;
        to.Clear();
        if (call.Third == 0) return Unreadable;
        if (Find(call.Third, to.Length) is not { } answer) return Unreadable;
        if (answer.HasFailed) return answer.Result;
        answer.Memory.AsSpan((int)(call.Third - answer.Key), to.Length).CopyTo(to);
        return 0;
    }

    private ulong ReadText(in HelperCall call)
    {
        var to = call.Write(call.First, (int)call.Second);
        if (to.IsEmpty) return 0;
        for (int i = 0; i < to.Length; i++)
        {
            if (!ReadOwn(call, call.Third + (ulong)i, to.Slice(i, 1))) break;
            if (to[i] == 0) return (ulong)i + 1;
            if (i == to.Length - 1)
            {
                to[i] = 0;
                return (ulong)to.Length;
            }
        }

        if (Find(call.Third, 1) is not { } answer) return Unreadable;
        if (answer.HasFailed) return answer.Result;
        var text = answer.Memory.AsSpan((int)(call.Third - answer.Key));
        int end = text.IndexOf((byte)0);
        text = text[..Math.Min(end < 0 ? text.Length : end, to.Length - 1)];
        text.CopyTo(to);
        to[text.Length] = 0;
        return (ulong)text.Length + 1;
    }

    // What was read of memory there, whichever helper read it. One that failed counts only when nothing else is known.
    private FiringAnswer? Find(ulong address, int size)
    {
        FiringAnswer? failed = null;
        foreach (var answer in _firing.Answers)
        {
            if (!IsRead(answer.Helper)) continue;
            if (answer.HasFailed)
            {
                if (answer.Key == address) failed ??= answer;
            }
            else if (address >= answer.Key && address - answer.Key + (ulong)size <= (ulong)answer.Memory.Length)
            {
                return answer;
            }
        }

        if (failed is null) Missing++;
        return failed;
    }

    private static bool IsRead(HelperId helper) => helper is
        HelperId.ProbeRead or HelperId.ProbeReadKernel or HelperId.ProbeReadUser or HelperId.ProbeReadStr or HelperId.ProbeReadKernelStr or HelperId.ProbeReadUserStr;

    private static bool ReadOwn(in HelperCall call, ulong address, Span<byte> to)
    {
        try
        {
            call.Read(address, to.Length).CopyTo(to);
            return true;
        }
        catch (MemoryFaultException)
        {
            return false;
        }
    }
}
