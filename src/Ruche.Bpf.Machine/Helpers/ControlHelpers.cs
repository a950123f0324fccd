// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Helpers on the course of a program: loops, locks, answers, and functions of the kernel of that kind.</summary>
internal static class ControlHelpers
{
    private const ulong MostLoops = 8 << 20;

    public static HelperTable AddTo(HelperTable table) => table
        .With(HelperId.Loop, Loop)
        .With(HelperId.SpinLock, static (in HelperCall call) => call.Run.Lock(ref Word(call)))
        .With(HelperId.SpinUnlock, static (in HelperCall call) => call.Run.Unlock(ref Word(call)))
        .With(HelperId.GetRetval, static (in HelperCall call) => (ulong)(call.Run.EffectsOrNone?.ReturnCode ?? 0))
        .With(HelperId.SetRetval, SetReturnCode)
        .With("bpf_throw", Throw)
        .With("bpf_iter_num_new", BeginNumbers)
        .With("bpf_iter_num_next", NextNumber)
        .With("bpf_iter_num_destroy", static (in HelperCall call) => Numbers(call).Clear())
        .With("bpf_rcu_read_lock", Nothing)
        .With("bpf_rcu_read_unlock", Nothing)
        .With("bpf_preempt_disable", Nothing)
        .With("bpf_preempt_enable", Nothing)
        .With("bpf_rdonly_cast", static (in HelperCall call) => call.First)
        .With("bpf_cast_to_kern_ctx", static (in HelperCall call) => call.First);

    private static ulong Nothing(in HelperCall call) => 0;

    private static ulong Loop(in HelperCall call)
    {
        if (call.Fourth != 0) return Answers.Of(Errno.EINVAL);
        uint count = (uint)call.First;
        if (count > MostLoops) return Answers.Of(Errno.E2BIG);
        for (uint i = 0; i < count; i++)
        {
            if (call.Invoke(call.Second, i, call.Third) != 0) return i + 1;
        }

        return count;
    }

    private static ref int Word(in HelperCall call) => ref Unsafe.As<byte, int>(ref call.Write(call.First, sizeof(int))[0]);

    private static ulong SetReturnCode(in HelperCall call)
    {
        call.Run.Effects.ReturnCode = (int)call.First;
        return 0;
    }

    private static ulong Throw(in HelperCall call)
    {
        call.Run.Throw(call.First);
        return 0;
    }

    private static IteratorNumbers Numbers(in HelperCall call) => new(call.Write(call.First, IteratorNumbers.Size));

    private static ulong BeginNumbers(in HelperCall call)
    {
        int first = (int)call.Second, end = (int)call.Third;
        var numbers = Numbers(call);
        numbers.Clear();
        if (first > end) return Answers.Of(Errno.EINVAL);
        if ((ulong)((long)end - first) > MostLoops) return Answers.Of(Errno.E2BIG);
        numbers.Current = first - 1;
        numbers.End = end;
        return 0;
    }

    private static ulong NextNumber(in HelperCall call) => Numbers(call).Next() ? call.First : 0;
}
