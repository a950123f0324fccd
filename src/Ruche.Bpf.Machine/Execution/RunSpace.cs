// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Compilation;
using Ruche.Bpf.Machine.Memory;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Execution;

/// <summary>
/// What a run works in: its stack, the memory in its reach, its budget, and what it has come to so far. Each thread keeps those that its
/// runs have used for the next ones; a run within a run takes another.
/// </summary>
internal sealed unsafe partial class RunSpace
{
    private const int StateBytes = 256;

    [ThreadStatic]
    private static RunSpace? _free;

    private readonly byte* _block;
    private readonly GCHandle _handle;
    private RunSpace? _next;
    private int _stackInUse;

    private RunSpace()
    {
        _block = (byte*)NativeMemory.AlignedAlloc(StateBytes + StackBytes, 64);
        new Span<byte>(_block, StateBytes + StackBytes).Clear();
        // A strong handle would keep what a thread leaves behind.
        _handle = GCHandle.Alloc(this, GCHandleType.Weak);
        State->Host = GCHandle.ToIntPtr(_handle);
    }

    ~RunSpace()
    {
        _handle.Free();
        NativeMemory.AlignedFree(_block);
    }

    /// <summary>What compiled code addresses.</summary>
    public RunState* State => (RunState*)_block;

    /// <summary>The memory in reach.</summary>
    public MemoryMap Memory { get; } = new();

    /// <summary>The program whose code is running: the one the run began with, or one that has taken its place.</summary>
    public MachineProgram Program { get; private set; } = null!;

    /// <summary>Where the stack of a run begins; it grows down.</summary>
    public ulong StackTop => (ulong)_block + StateBytes + StackBytes;

    /// <summary>The frame pointer of the function that is running.</summary>
    private ulong Frame => StackTop - ((ulong)State->Depth * FrameBytes);

    /// <summary>A space for a run of a program; <see cref="Give"/> it back.</summary>
    public static RunSpace Take(MachineProgram program)
    {
        var space = _free ?? new();
        _free = space._next;
        space.Begin(program);
        return space;
    }

    /// <summary>Keeps the space for another run of this thread.</summary>
    public void Give()
    {
        _next = _free;
        _free = this;
    }

    /// <summary>Runs the program from its beginning.</summary>
    public RunResult Run(ulong first, ulong second)
    {
        var program = Program;
        ulong result = Execute(first, second);
        if (_held is not null) ReleaseLock();
        return State->Fault == 0 ? new(result, program.Budget - State->Budget, null) : Ended(program);
    }

    /// <summary>Runs a function of the program, as the kernel does when a timer is due.</summary>
    public RunResult RunFunction(ulong function, ReadOnlySpan<ulong> arguments)
    {
        var program = Program;
        ulong result = CallFunction(function, arguments);
        if (_held is not null) ReleaseLock();
        return State->Fault == 0 ? new(result, program.Budget - State->Budget, null) : Ended(program);
    }

    private void Begin(MachineProgram program)
    {
        Program = program;
        var state = State;
        int length = program.StackInUse;
        if (length > FrameBytes) new Span<byte>((byte*)(StackTop - (ulong)length), length - FrameBytes).Clear();
        if (length != _stackInUse || Memory.Stack.Length != (ulong)length) UseStack(length);
        ForgetRegions();
        state->Budget = program.Budget;
        state->LoopsLeft = MayGotoLoops;
        state->Cpu = program.Environment.Cpu;
        (state->Depth, state->Fault, state->TailCalls) = (0, 0, 0);
        if (_hasSurroundings) ForgetSurroundings();
        Memory.Reset(program.Environment.Memory);
    }

    private void UseStack(int length)
    {
        _stackInUse = length;
        State->StackStart = StackTop - (ulong)length;
        State->StackLimits = Limits.Of((ulong)length);
        Memory.Stack = new("stack", State->StackStart, (ulong)length, MemoryRights.ReadWrite);
    }

    private ulong Execute(ulong first, ulong second) => Program.Compiled is { } code
        ? code.IsDirect ? CompiledRun.RunDirectly(code, first, second) : CompiledRun.Run(code, State, first, second, Frame)
        : Interpreter.Run(this, 0, [first, second], Frame);

    private ulong CallFunction(ulong function, ReadOnlySpan<ulong> arguments)
    {
        if (Program.Compiled is not { } code) return Interpreter.Run(this, Program.FunctionAt(function)!.Value, arguments, Frame);
        ulong* registers = stackalloc ulong[5];
        new Span<ulong>(registers, 5).Clear();
        arguments.CopyTo(new(registers, 5));
        return CompiledRun.Call(code, State, function, registers, Frame);
    }
}
