// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Machine.Memory;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Execution;

/// <summary>
/// One run of a program, instruction by instruction. Safe for any valid bytecode: an access reaches only the regions of the run, calls
/// stay within the program, and the budget ends what does not end by itself.
/// </summary>
internal unsafe ref partial struct Interpreter
{
    private const int RegisterCount = 11;

    private readonly DecodedInstruction[] _code;
    private readonly HelperTable _helpers;
    private readonly MemoryMap _memory;
    private readonly Span<CallFrame> _frames;
    private readonly ulong _stackTop;
    private readonly long _budget;
    private MemoryRegion _stack;
    private MemoryRegion _last;
    private int _depth;
    private int _loopsLeft;

    private Interpreter(MachineProgram program, MemoryMap memory, Span<CallFrame> frames, ulong stackTop, long budget)
    {
        (_code, _helpers, _memory, _stackTop, _budget) = (program.Code, program.Helpers, memory, stackTop, budget);
        _frames = frames;
        _loopsLeft = MayGotoLoops;
        _memory.Add(new("stack", stackTop - FrameBytes, FrameBytes, MemoryRights.ReadWrite));
        _stack = _last = _memory.Regions[^1];
    }

    /// <summary>Instructions that have run.</summary>
    public long InstructionCount { get; private set; }

    /// <summary>Why the run was stopped; null when it was not.</summary>
    public MachineFault? Fault { get; private set; }

    /// <summary>Runs a program with two arguments in memory of its own and that of <paramref name="memory"/>.</summary>
    [SkipLocalsInit]
    public static RunResult Run(MachineProgram program, MemoryMap memory, ulong first, ulong second, long budget)
    {
        // SAFETY: stack and registers live as long as this method, and the run ends before it.
        byte* stack = stackalloc byte[StackBytes + sizeof(ulong)];
        ulong top = ((ulong)stack + StackBytes) & ~(ulong)(sizeof(ulong) - 1);
        Span<CallFrame> frames = stackalloc CallFrame[MaxFrames];
        ulong* registers = stackalloc ulong[RegisterCount];
        new Span<ulong>(registers, RegisterCount).Clear();
        registers[1] = first;
        registers[2] = second;
        registers[10] = top;
        Interpreter run = new(program, memory, frames, top, budget);
        ClearFrame(top);
        return run.Run(0, registers)
            ? new(registers[0], run.InstructionCount, null)
            : new(0, run.InstructionCount, run.Fault! with { Instruction = program.Instructions[run.Fault.Slot], Regions = [.. memory.Regions] });
    }

    // What an earlier run or the host left there is nobody's business.
    // SAFETY: the frame lies in the stack of this run.
    private static void ClearFrame(ulong top) => new Span<byte>((void*)(top - FrameBytes), FrameBytes).Clear();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool Stop(FaultKind kind, string reason, ulong address = 0, Exception? exception = null)
    {
        Fault = new() { Kind = kind, Reason = reason, Address = address, Exception = exception, Slot = 0, Instruction = default };
        return false;
    }

    private void Report(int slot) => Fault = Fault! with { Slot = slot };
}
