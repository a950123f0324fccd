// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Surroundings;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Helpers on time, on the clock of the machine.</summary>
internal static class TimeHelpers
{
    private const ulong NanosecondsPerJiffy = 4_000_000;
    private const ulong Absolute = 1;
    private const ulong OnThisCpu = 2;
    private const ulong Monotonic = 1;
    private const ulong BootTime = 7;

    public static HelperTable AddTo(HelperTable table) => table
        .With(HelperId.KtimeGetNs, Now)
        .With(HelperId.KtimeGetCoarseNs, Now)
        .With(HelperId.KtimeGetBootNs, static (in HelperCall call) => Now(call) + Nanoseconds(call.Environment.Clock.Suspended))
        .With(HelperId.KtimeGetTaiNs, static (in HelperCall call) => Now(call) + Nanoseconds(call.Environment.Clock.Started - DateTimeOffset.UnixEpoch))
        .With(HelperId.Jiffies64, static (in HelperCall call) => Now(call) / NanosecondsPerJiffy)
        .With(HelperId.TimerInit, InitTimer)
        .With(HelperId.TimerSetCallback, SetTimerCallback)
        .With(HelperId.TimerStart, StartTimer)
        .With(HelperId.TimerCancel, CancelTimer);

    private static ulong Now(in HelperCall call) => (ulong)call.Environment.Clock.Nanoseconds;

    private static ulong Nanoseconds(TimeSpan span) => (ulong)(span.Ticks * TimeSpan.NanosecondsPerTick);

    private static ulong InitTimer(in HelperCall call)
    {
        if (call.Third is not (0 or Monotonic or BootTime)) return Answers.Of(Errno.EINVAL);
        if (Timer(call) is not null) return Answers.Of(Errno.EBUSY);
        MachineTimer timer = new(call.First, call.Map(call.Second));
        call.Environment.Clock.Add(timer);
        MemoryMarshal.Write(call.Write(call.First, sizeof(ulong)), timer.Number);
        return 0;
    }

    private static ulong SetTimerCallback(in HelperCall call)
    {
        if (Timer(call) is not { } timer || call.Run.Program.FunctionAt(call.Second) is null) return Answers.Of(Errno.EINVAL);
        timer.SetCallback(call.Run.Program, call.Second);
        return 0;
    }

    private static ulong StartTimer(in HelperCall call)
    {
        if ((call.Third & ~(Absolute | OnThisCpu)) != 0 || Timer(call) is not { HasCallback: true } timer) return Answers.Of(Errno.EINVAL);
        timer.Start((long)call.Second + ((call.Third & Absolute) != 0 ? 0 : call.Environment.Clock.Nanoseconds));
        return 0;
    }

    private static ulong CancelTimer(in HelperCall call) =>
        Timer(call) is { } timer ? timer.Cancel() ? 1ul : 0 : Answers.Of(Errno.EINVAL);

    private static MachineTimer? Timer(in HelperCall call) =>
        call.Environment.Clock.Timer(MemoryMarshal.Read<ulong>(call.Read(call.First, sizeof(ulong))), call.First);
}
