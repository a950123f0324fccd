// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>Helpers on ring buffers, of both directions, and on perf event arrays.</summary>
internal static class RingHelpers
{
    private const ulong NoWakeUp = 1;
    private const ulong ForceWakeUp = 2;
    private const ulong CurrentCpu = 0xffff_ffff;
    private const int MostSamples = 128 << 10;

    public static HelperTable AddTo(HelperTable table) => table
        .With(HelperId.RingbufOutput, Output)
        .With(HelperId.RingbufReserve, Reserve)
        .With(HelperId.RingbufSubmit, static (in HelperCall call) => Finish(call, discards: false))
        .With(HelperId.RingbufDiscard, static (in HelperCall call) => Finish(call, discards: true))
        .With(HelperId.RingbufQuery, static (in HelperCall call) => Ring(call, call.First).Query(call.Second))
        .With(HelperId.UserRingbufDrain, Drain)
        .With(HelperId.PerfEventOutput, OutputEvent);

    /// <summary>The ring buffer that an argument stands for.</summary>
    /// <exception cref="ArgumentException">It stands for none.</exception>
    public static MachineRingBuffer Ring(in HelperCall call, ulong address) =>
        call.Map(address) as MachineRingBuffer ?? throw new ArgumentException($"0x{address:x} is no ring buffer");

    /// <summary>Submits or discards a record, after which it is out of reach.</summary>
    /// <exception cref="ArgumentException">There is no reserved record at that address.</exception>
    public static void Finish(in HelperCall call, ulong record, bool discards)
    {
        foreach (var map in call.Environment.Memory.Maps.All)
        {
            if (map is not MachineRingBuffer ring || !(discards ? ring.Discard((nint)record) : ring.Submit((nint)record))) continue;
            call.Run.ForgetRegions();
            return;
        }

        throw new ArgumentException($"0x{record:x} is no reserved record of a ring buffer");
    }

    private static ulong Output(in HelperCall call)
    {
        var ring = Ring(call, call.First);
        return Answers.Of(ring.Output(call.Read(call.Second, Answers.Length(call.Third, call.Second)), call.Fourth));
    }

    private static ulong Reserve(in HelperCall call) => (ulong)Ring(call, call.First).Reserve(call.Second, call.Third);

    private static ulong Finish(in HelperCall call, bool discards)
    {
        Finish(call, call.First, discards);
        return 0;
    }

    private static ulong Drain(in HelperCall call)
    {
        if (call.Map(call.First) is not MachineUserRingBuffer ring) throw new ArgumentException($"0x{call.First:x} is no user ring buffer");
        if ((call.Fourth & ~(NoWakeUp | ForceWakeUp)) != 0) return Answers.Of(Errno.EINVAL);
        if (!ring.TryBeginDrain()) return Answers.Of(Errno.EBUSY);
        ulong count = 0;
        try
        {
            while (count < MostSamples && ring.TryTake(out var sample))
            {
                count++;
                ulong stop = DynptrHelpers.InvokeWith(call, call.Second, sample, call.Third);
                ring.Release();
                call.Run.ForgetRegions();
                if (stop != 0) break;
            }
        }
        finally
        {
            ring.EndDrain();
        }

        return count;
    }

    private static ulong OutputEvent(in HelperCall call)
    {
        if (call.Map(call.Second) is not MachinePerfEventArray events) throw new ArgumentException($"0x{call.Second:x} is no perf event array");
        const ulong IndexMask = 0xffff_ffff, ContextLengthMask = 0xfffff;
        const int ContextLengthShift = 32;
        if ((call.Third & ~(IndexMask | (ContextLengthMask << ContextLengthShift))) != 0) return Answers.Of(Errno.EINVAL);
        uint index = (uint)(call.Third & IndexMask);
        var data = call.Read(call.Fourth, Answers.Length(call.Fifth, call.Fourth));
        int packetLength = (int)((call.Third >> ContextLengthShift) & ContextLengthMask);
        if (packetLength > (call.Run.Packet?.Length ?? 0)) return Answers.Of(Errno.EFAULT);
        if (packetLength > 0) data = (byte[])[.. data, .. call.Run.Packet!.Bytes[..packetLength]];
        return Answers.Of(events.Output(index == CurrentCpu ? (uint)call.Environment.Cpu : index, data));
    }
}
