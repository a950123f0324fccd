// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Helpers that read memory which may not be there. What is there is what the run reaches, and what the machine was given.</summary>
internal static class MemoryHelpers
{
    public static HelperTable AddTo(HelperTable table) => table
        .With(HelperId.ProbeRead, Read)
        .With(HelperId.ProbeReadKernel, Read)
        .With(HelperId.ProbeReadUser, Read)
        .With(HelperId.CopyFromUser, Read)
        .With(HelperId.CopyFromUserTask, Read)
        .With(HelperId.ProbeReadStr, ReadText)
        .With(HelperId.ProbeReadKernelStr, ReadText)
        .With(HelperId.ProbeReadUserStr, ReadText)
        .With(HelperId.ProbeWriteUser, Write);

    private static ulong Read(in HelperCall call)
    {
        var target = call.Write(call.First, Answers.Length((uint)call.Second, call.First));
        if (call.TryRead(call.Third, target.Length, out var source))
        {
            source.CopyTo(target);
            return 0;
        }

        target.Clear();
        return Answers.Of(Errno.EFAULT);
    }

    private static ulong ReadText(in HelperCall call)
    {
        var target = call.Write(call.First, Answers.Length((uint)call.Second, call.First));
        if (target.Length == 0) return 0;
        if (call.TextLength(call.Third, target.Length - 1) is not { } length || !call.TryRead(call.Third, length, out var text))
        {
            target.Clear();
            return Answers.Of(Errno.EFAULT);
        }

        text.CopyTo(target);
        target[length] = 0;
        return (ulong)length + 1;
    }

    private static ulong Write(in HelperCall call)
    {
        var source = call.Read(call.Second, Answers.Length((uint)call.Third, call.Second));
        if (!call.Run.Memory.TrySpan(call.First, source.Length, MemoryRights.Write, out var target)) return Answers.Of(Errno.EPERM);
        source.CopyTo(target);
        return 0;
    }
}
