// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Compilation;
using Ruche.Bpf.Machine.Memory;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Execution;

/// <summary>
/// Runs a program or one of its functions, instruction by instruction. Safe for any valid bytecode: an access reaches only the regions of
/// the run, calls stay within the program, and the budget ends what does not end by itself.
/// </summary>
internal unsafe ref partial struct Interpreter
{
    private const int RegisterCount = 11;

    private readonly RunSpace _run;
    private readonly RunState* _state;
    private readonly DecodedInstruction[] _code;
    private readonly MemoryMap _memory;
    private readonly Span<CallFrame> _frames;
    private readonly int _bottom;
    private readonly IRunObserver? _observer;
    private MemoryRegion _stack;
    private MemoryRegion _last;

    private Interpreter(RunSpace run, Span<CallFrame> frames)
    {
        (_run, _code, _memory, _observer) = (run, run.Program.Code, run.Memory, run.Program.Observer);
        _state = run.State;
        _frames = frames;
        _bottom = _state->Depth;
        ResizeStack();
        _last = _stack;
    }

    /// <summary>Runs from a slot until the function that begins there returns; what it returns is of no use after a fault.</summary>
    [SkipLocalsInit]
    public static ulong Run(RunSpace run, int slot, ReadOnlySpan<ulong> arguments, ulong frame)
    {
        // SAFETY: registers and frames live as long as this method, and the function ends before it.
        Span<CallFrame> frames = stackalloc CallFrame[MaxFrames];
        ulong* registers = stackalloc ulong[RegisterCount];
        new Span<ulong>(registers, RegisterCount).Clear();
        arguments.CopyTo(new(registers + 1, RegisterCount - 1));
        registers[10] = frame;
        ClearFrame(frame);
        Interpreter interpreter = new(run, frames);
        interpreter.Run(slot, registers);
        return registers[0];
    }

    // What an earlier run or the host left there is nobody's business.
    // SAFETY: the frame lies in the stack of this run.
    private static void ClearFrame(ulong top) => new Span<byte>((void*)(top - FrameBytes), FrameBytes).Clear();
}
