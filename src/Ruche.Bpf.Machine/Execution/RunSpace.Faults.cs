// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Machine.Compilation;
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Machine.Memory;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Execution;

/// <content>How a run ends before its time.</content>
internal sealed unsafe partial class RunSpace
{
    private string _reason = "";
    private ulong _address;
    private Exception? _exception;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public ulong Stop(FaultKind kind, string reason, ulong address = 0, Exception? exception = null)
    {
        State->Fault = (int)kind + 1;
        (_reason, _address, _exception) = (reason, address, exception);
        return 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void StopAt(ulong address, uint size, MemoryRights rights) =>
        Stop(FaultKind.BadAccess, MemoryReport.Of(Memory, address, size, rights), address);

    public void StopTooDeep() => Stop(FaultKind.CallsTooDeep, $"more than {MaxFrames} functions are running");

    public void StopSpent() => State->Fault = (int)FaultKind.BudgetExceeded + 1;

    private RunResult Ended(MachineProgram program)
    {
        if (State->Fault == RunState.Thrown && Handle(program) is { } thrown) return new(thrown, program.Budget - State->Budget, null);
        return new(0, program.Budget - State->Budget, Report(program.Budget));
    }

    // A program that throws comes to what its handler says, or to what it threw.
    private ulong? Handle(MachineProgram program)
    {
        if (program.ExceptionHandler is not { } handler) return _cookie;
        (State->Fault, State->Depth, Program) = (0, 0, program);
        ulong result = CallFunction(handler, [_cookie]);
        return State->Fault switch
        {
            0 => result,
            RunState.Thrown => _cookie,
            _ => null,
        };
    }

    private MachineFault Report(long budget)
    {
        var kind = (FaultKind)(State->Fault - 1);
        var instruction = Program.Instructions[State->Slot];
        bool isFromCode = kind is FaultKind.Misaligned;
        return new()
        {
            Kind = kind,
            Slot = State->Slot,
            Instruction = instruction,
            Program = Program.Name,
            Source = Program.SourceOf(State->Slot),
            Reason = kind switch
            {
                FaultKind.BudgetExceeded => $"the budget of {budget} instructions is spent",
                FaultKind.CallsTooDeep => $"more than {MaxFrames} functions are running",
                FaultKind.Misaligned => MemoryReport.OfMisaligned(State->Arguments[0], instruction.WidthBytes),
                _ => _reason,
            },
            Address = isFromCode ? State->Arguments[0] : kind is FaultKind.BadAccess ? _address : 0,
            Regions = Memory.Regions,
            Exception = kind is FaultKind.BadAccess or FaultKind.HelperFailed ? _exception : null,
        };
    }
}
