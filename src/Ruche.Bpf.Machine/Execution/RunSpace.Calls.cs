// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Compilation;
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Machine.Memory;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Execution;

/// <content>Helpers, and what they may do to the run: call a function of the program, go over to another program, throw.</content>
internal sealed unsafe partial class RunSpace
{
    private ulong _cookie;

    /// <summary>Calls a helper by its place in the table. A fault ends the run.</summary>
    public ulong CallHelper(int place, ulong* arguments)
    {
        try
        {
            return Program.Helpers[place](new(new(arguments, HelperCall.ArgumentCount), this));
        }
        catch (RunEndedException)
        {
            return 0;
        }
        catch (MemoryFaultException e)
        {
            return Stop(FaultKind.BadAccess, $"the helper was about to be {e.Message}", e.Address, e);
        }
        catch (Exception e)
        {
            // Nothing may be thrown through machine code: that would end the process.
            return Stop(FaultKind.HelperFailed, $"the helper failed: {e.Message}", exception: e);
        }
    }

    /// <summary>Calls a helper by the number that a register holds.</summary>
    public ulong CallHelperByNumber(ulong number, ulong* arguments)
    {
        int place = number <= int.MaxValue ? Program.Helpers.IndexOf((int)number) : -1;
        return place >= 0 ? CallHelper(place, arguments) : Stop(FaultKind.BadCall, $"calls 0x{number:x}, which is no function");
    }

    /// <summary>Calls a function of the program on behalf of a helper.</summary>
    /// <exception cref="RunEndedException">The function ended the run.</exception>
    public ulong Invoke(ulong function, ReadOnlySpan<ulong> arguments)
    {
        var state = State;
        // The function may call helpers itself, and this one is still at work.
        var (savedStack, slot, helperArguments) = (state->SavedStackPointer, state->Slot, state->Arguments);
        if (Program.FunctionAt(function) is not { } start) Stop(FaultKind.BadCall, $"a helper calls 0x{function:x}, which is no function of the program");
        else if (state->Depth + 1 == MaxFrames) StopTooDeep();
        else if ((state->Budget -= Program.LengthOf(start)) < 0) StopSpent();
        if (state->Fault != 0) throw new RunEndedException();
        state->Depth++;
        ulong result = CallFunction(function, arguments);
        state->SavedStackPointer = savedStack;
        if (state->Fault != 0) throw new RunEndedException();
        state->Depth--;
        (state->Slot, state->Arguments) = (slot, helperArguments);
        return result;
    }

    /// <summary>Runs another program in place of the rest of the function that calls; false when the run has done so too often.</summary>
    public bool TailCall(MachineProgram target, ulong context, out ulong result)
    {
        var state = State;
        result = 0;
        if (state->TailCalls == MaxTailCalls) return false;
        state->TailCalls++;
        var (caller, savedStack) = (Program, state->SavedStackPointer);
        Program = target;
        Memory.Shared = target.Environment.Memory;
        state->Cpu = target.Environment.Cpu;
        result = Execute(context, 0);
        state->SavedStackPointer = savedStack;
        if (state->Fault != 0) throw new RunEndedException();
        Program = caller;
        Memory.Shared = caller.Environment.Memory;
        state->Cpu = caller.Environment.Cpu;
        EndFunction();
        return true;
    }

    /// <summary>When the helper returns, so does the function that called it, with the same value.</summary>
    public void EndFunction() => State->IsOver = 1;

    /// <summary>Ends the run with a value, as a program that throws does.</summary>
    public void Throw(ulong cookie)
    {
        _cookie = cookie;
        State->Fault = RunState.Thrown;
        throw new RunEndedException();
    }

    /// <summary>Memory that the program is about to use: machine code need not ask for it.</summary>
    public void Expect(ulong start, int length, MemoryRights rights)
    {
        if (rights != MemoryRights.ReadWrite) return;
        (State->LastStart, State->LastLimits) = (start, Limits.Of((ulong)length));
    }

    /// <summary>After memory has moved or gone: nothing that was found before may be used unseen.</summary>
    public void ForgetRegions() => (State->LastStart, State->LastLimits, State->ReadLimits) = (State->StackStart, State->StackLimits, default);
}
