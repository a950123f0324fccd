// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Machine.Memory;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>The managed side of a run of compiled code: it finds regions, calls helpers, and keeps what went wrong.</summary>
internal sealed unsafe class CompiledRun
{
    /// <summary>In place of a helper's place: its number is in a register.</summary>
    public const int ByNumber = -1;

    private const ulong CacheableLength = sizeof(ulong);

    private readonly HelperTable _helpers;
    private readonly MemoryMap _memory;
    private string _reason = "";
    private ulong _address;
    private Exception? _exception;

    private CompiledRun(HelperTable helpers, MemoryMap memory) => (_helpers, _memory) = (helpers, memory);

    public static nint HelperEntry => (nint)(delegate* unmanaged<RunState*, int, ulong, ulong>)&CallHelper;

    public static nint FindEntry => (nint)(delegate* unmanaged<RunState*, ulong, int, void>)&Find;

    /// <summary>Runs machine code of a program with two arguments.</summary>
    [SkipLocalsInit]
    public static RunResult Run(MachineProgram program, nint code, MemoryMap memory, ulong first, ulong second, long budget)
    {
        // SAFETY: the stack and the state live as long as this method, and the run ends before it.
        byte* stack = stackalloc byte[StackBytes + sizeof(ulong)];
        ulong top = ((ulong)stack + StackBytes) & ~(ulong)(sizeof(ulong) - 1);
        memory.Add(new("stack", top - StackBytes, StackBytes, MemoryRights.ReadWrite));
        CompiledRun run = new(program.Helpers, memory);
        var handle = GCHandle.Alloc(run);
        RunState state = new()
        {
            StackStart = top - StackBytes,
            StackLimits = Limits.Of(StackBytes),
            LastStart = top - StackBytes,
            LastLimits = Limits.Of(StackBytes),
            Budget = budget,
            LoopsLeft = MayGotoLoops,
            Host = GCHandle.ToIntPtr(handle),
        };
        ulong result = ((delegate* unmanaged<RunState*, ulong, ulong, ulong, ulong>)code)(&state, first, second, top);
        handle.Free();
        GC.KeepAlive(program);
        long count = budget - state.Budget;
        return state.Fault == 0 ? new(result, count, null) : new(0, count, run.Report(program, state, budget));
    }

    private MachineFault Report(MachineProgram program, in RunState state, long budget)
    {
        var kind = (FaultKind)(state.Fault - 1);
        string reason = kind switch
        {
            FaultKind.BudgetExceeded => $"the budget of {budget} instructions is spent",
            FaultKind.CallsTooDeep => $"more than {MaxFrames} functions are running",
            FaultKind.Misaligned => MemoryReport.OfMisaligned(state.Arguments[0], program.Instructions[state.Slot].Width),
            _ => _reason,
        };
        return new()
        {
            Kind = kind,
            Slot = state.Slot,
            Instruction = program.Instructions[state.Slot],
            Reason = reason,
            Address = kind is FaultKind.Misaligned ? state.Arguments[0] : _address,
            Regions = [.. _memory.Regions],
            Exception = _exception,
        };
    }

    private static CompiledRun Of(RunState* state) => (CompiledRun)GCHandle.FromIntPtr(state->Host).Target!;

    [UnmanagedCallersOnly]
    private static void Find(RunState* state, ulong address, int request)
    {
        var run = Of(state);
        uint size = (byte)request;
        var rights = (MemoryRights)(request >> 8);
        if (!run._memory.TryFind(address, size, rights, out var found))
        {
            state->Fault = (int)FaultKind.BadAccess + 1;
            run._address = address;
            run._reason = MemoryReport.Of(run._memory, address, size, rights);
        }
        else if (found.Length >= CacheableLength && found.Rights == MemoryRights.ReadWrite)
        {
            state->LastStart = found.Start;
            state->LastLimits = Limits.Of(found.Length);
        }
    }

    [UnmanagedCallersOnly]
    private static ulong CallHelper(RunState* state, int place, ulong number)
    {
        var run = Of(state);
        if (place == ByNumber) place = number <= int.MaxValue ? run._helpers.IndexOf((int)number) : -1;
        if (place < 0)
        {
            state->Fault = (int)FaultKind.BadCall + 1;
            run._reason = $"calls 0x{number:x}, which is no function";
            return 0;
        }

        try
        {
            return run._helpers[place](new(state->Arguments, run._memory));
        }
        catch (MemoryFaultException e)
        {
            (run._exception, run._address, run._reason) = (e, e.Address, $"the helper was about to be {e.Message}");
            state->Fault = (int)FaultKind.BadAccess + 1;
            return 0;
        }
        catch (Exception e)
        {
            // Nothing may be thrown through machine code: that would end the process.
            (run._exception, run._reason) = (e, $"the helper failed: {e.Message}");
            state->Fault = (int)FaultKind.HelperFailed + 1;
            return 0;
        }
    }
}
