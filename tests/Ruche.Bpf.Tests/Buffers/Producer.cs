// SPDX-License-Identifier: MIT
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests.Buffers;

/// <summary>
/// A program that writes numbered records to a buffer: the number in their first eight bytes, then zeros. Runs on one CPU at a time,
/// since kernels before 5.12 cannot fetch and add.
/// </summary>
internal sealed class Producer : IDisposable
{
    public const int NoWakeUp = 1;

    private readonly TestProgram _program;
    private readonly BpfMap _counters;

    private Producer(BpfMap counters, Instruction[] code)
    {
        _counters = counters;
        _program = TestProgram.Load(ProgramType.SchedCls, code);
    }

    /// <summary>How many records there was no room for.</summary>
    public ulong Refused => new BpfArray<Counters>(_counters)[0].Refused;

    /// <summary>Writes records of one size with <c>bpf_ringbuf_output</c>.</summary>
    public static Producer ForRing(BpfMap ring, int recordBytes = 8, int flags = 0)
    {
        BpfMap counters = MakeCounters();
        return new Producer(counters,
        [
            .. Number(counters, recordBytes),
            .. Insn.LoadMap(Register.R1, ring.Fd.Value),
            Insn.Mov64(Register.R2, Register.R10),
            Insn.Alu64(AluOperation.Add, Register.R2, -recordBytes),
            Insn.Mov64(Register.R3, recordBytes),
            Insn.Mov64(Register.R4, flags),
            Insn.Call(HelperId.RingbufOutput),
            .. CountRefusal(),
        ]);
    }

    /// <summary>Reserves records of eight bytes and discards those with an odd number.</summary>
    public static Producer DiscardingOdd(BpfMap ring)
    {
        BpfMap counters = MakeCounters();
        return new Producer(counters,
        [
            .. Number(counters, 8),
            .. Insn.LoadMap(Register.R1, ring.Fd.Value),
            Insn.Mov64(Register.R2, 8),
            Insn.Mov64(Register.R3, 0),
            Insn.Call(HelperId.RingbufReserve),
            Insn.Jump(JumpOperation.NotEqual, Register.R0, 0, 2),
            Insn.Mov64(Register.R0, 0),
            Insn.Exit(),
            Insn.Load(MemoryWidth.Double, Register.R7, Register.R10, -8),
            Insn.Store(MemoryWidth.Double, Register.R0, 0, Register.R7),
            Insn.Mov64(Register.R1, Register.R0),
            Insn.Mov64(Register.R2, 0),
            Insn.Jump(JumpOperation.Set, Register.R7, 1, 2),
            Insn.Call(HelperId.RingbufSubmit),
            Insn.Goto(1),
            Insn.Call(HelperId.RingbufDiscard),
            Insn.Mov64(Register.R0, 0),
            Insn.Exit(),
        ]);
    }

    /// <summary>Writes records of one size with <c>bpf_perf_event_output</c> to the buffer of the CPU it runs on.</summary>
    public static Producer ForPerf(BpfMap events, int recordBytes = 8)
    {
        BpfMap counters = MakeCounters();
        return new Producer(counters,
        [
            Insn.Mov64(Register.R8, Register.R1),
            .. Number(counters, recordBytes),
            Insn.Mov64(Register.R1, Register.R8),
            .. Insn.LoadMap(Register.R2, events.Fd.Value),
            .. Insn.LoadWide(Register.R3, uint.MaxValue),
            Insn.Mov64(Register.R4, Register.R10),
            Insn.Alu64(AluOperation.Add, Register.R4, -recordBytes),
            Insn.Mov64(Register.R5, recordBytes),
            Insn.Call(HelperId.PerfEventOutput),
            .. CountRefusal(),
        ]);
    }

    /// <summary>Tries to write so many records.</summary>
    public void Produce(int count = 1) => _program.Run(count);

    public void Dispose()
    {
        _program.Dispose();
        _counters.Dispose();
    }

    private static BpfMap MakeCounters() => TestMap.Create(MapType.Array, 4, 16, 1);

    // Clears the record at the bottom of the stack and puts the next number into it; r6 points at the counters.
    private static Instruction[] Number(BpfMap counters, int recordBytes) =>
    [
        .. Enumerable.Range(1, recordBytes / 8).Select(i => Insn.Store(MemoryWidth.Double, Register.R10, (short)(-8 * i), 0)),
        .. Insn.LoadMapValue(Register.R6, counters.Fd.Value, 0),
        Insn.Load(MemoryWidth.Double, Register.R1, Register.R6, 0),
        Insn.Store(MemoryWidth.Double, Register.R10, (short)-recordBytes, Register.R1),
        Insn.Alu64(AluOperation.Add, Register.R1, 1),
        Insn.Store(MemoryWidth.Double, Register.R6, 0, Register.R1),
    ];

    private static Instruction[] CountRefusal() =>
    [
        Insn.Jump(JumpOperation.Equal, Register.R0, 0, 2),
        Insn.Mov64(Register.R1, 1),
        Insn.Atomic(AtomicOperation.Add, MemoryWidth.Double, Register.R6, 8, Register.R1),
        Insn.Mov64(Register.R0, 0),
        Insn.Exit(),
    ];

    private readonly record struct Counters(ulong Made, ulong Refused);
}
