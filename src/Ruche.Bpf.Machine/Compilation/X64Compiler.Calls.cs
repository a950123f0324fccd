// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;
using static Ruche.Bpf.Machine.Compilation.X64Register;
using static Ruche.Bpf.Machine.Compilation.X64Registers;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>Functions of the program, and the two ways into the runtime: for a helper, and for a region that was not at hand.</content>
internal sealed partial class X64Compiler
{
    private static readonly X64Register[] ChangedByCall = [Rax, Rdi, Rsi, Rdx, Rcx, R8];

    private void Call(int slot, DecodedInstruction i)
    {
        if (i.Operation is Operation.CallLocal) CallFunction(slot, i.Target);
        else if (i.Operation is Operation.CallRegister) CallRegister(slot, Host(i.Destination));
        else
        {
            if (i.Operation is Operation.LoadPacket or Operation.LoadPacketIndexed) PreparePacketLoad(i);
            CallRuntime(slot, i.Target);
        }

        if (i.Operation is Operation.TailCall or Operation.LoadPacket or Operation.LoadPacketIndexed) EndWithHelper(slot);
    }

    // The index may be in any register, so it is read first.
    private void PreparePacketLoad(DecodedInstruction i)
    {
        if (i.Operation is Operation.LoadPacketIndexed) _x.LoadAddress(false, Host(2), X64Operand.At(Host(i.Source), (int)i.Immediate));
        else _x.Move(Host(2), (uint)i.Immediate);
        _x.Move(true, Host(1), Host(6));
        _x.Move(Host(3), i.Destination);
    }

    // When the function ends with the helper, the helper's result is its own.
    private void EndWithHelper(int slot)
    {
        int next = _x.NewLabel();
        _x.Alu(X64Alu.Compare, false, X64Operand.At(State, RunState.IsOverOffset), 0);
        _x.Jump(X64Condition.Equal, next);
        _x.Store(X64Operand.At(State, RunState.IsOverOffset), 0, sizeof(int));
        Exit(slot);
        _x.Bind(next);
    }

    // ulong (RunState* state, ulong function, ulong* arguments, ulong frame): calls a function whose address the program has taken.
    private int CallbackEntry()
    {
        int entry = _x.Length;
        EnterFromRuntime();
        _x.Move(true, R11, Rsi);
        _x.Move(true, R10, Rdx);
        for (int argument = 1; argument <= 5; argument++) _x.Load(Host(argument), X64Operand.At(R10, (argument - 1) * sizeof(ulong)), sizeof(ulong));
        foreach (int register in (ReadOnlySpan<int>)[0, 6, 7, 8, 9]) _x.Move(Host(register), 0);
        foreach (int function in _layout.AddressTaken)
        {
            int next = _x.NewLabel();
            _x.Move(R10, FunctionAddresses.Of(function));
            _x.Alu(X64Alu.Compare, true, R11, R10);
            _x.Jump(X64Condition.NotEqual, next);
            _x.Call(_entries + function);
            _x.Jump(_unwind);
            _x.Bind(next);
        }

        _x.Jump(_unwind);
        return entry;
    }

    private void CallFunction(int slot, int target)
    {
        var function = _layout.FunctionOf(target);
        // The runtime wants to know where the stack ends; where it is never asked, a frame that nobody looks at need not be there.
        bool isCounted = !_isTrusted || _layout.CallsRuntime;
        bool hasFrame = isCounted || function.UsesStack;
        if (!_isTrusted)
        {
            Spend(slot, function.Length);
            _x.Alu(X64Alu.Compare, false, X64Operand.At(State, RunState.DepthOffset), MaxFrames - 1);
            _x.Jump(X64Condition.AboveOrEqual, AddDetour(DetourKind.TooDeep, slot));
        }

        if (isCounted) _x.Increment(X64Operand.At(State, RunState.DepthOffset));
        if (hasFrame) _x.Alu(X64Alu.Sub, true, Rbp, FrameBytes);
        _x.Call(_entries + target);
        if (hasFrame) _x.Alu(X64Alu.Add, true, Rbp, FrameBytes);
        if (isCounted) _x.Decrement(X64Operand.At(State, RunState.DepthOffset));
    }

    // A register holds the address of a function that the program took, or a helper's number.
    private void CallRegister(int slot, X64Register register)
    {
        int end = _x.NewLabel();
        foreach (int function in _layout.AddressTaken)
        {
            int next = _x.NewLabel();
            _x.Move(R10, FunctionAddresses.Of(function));
            _x.Alu(X64Alu.Compare, true, register, R10);
            _x.Jump(X64Condition.NotEqual, next);
            CallFunction(slot, function);
            _x.Jump(end);
            _x.Bind(next);
        }

        _x.Move(true, R11, register);
        CallRuntime(slot, CompiledRun.ByNumber);
        _x.Bind(end);
    }

    private void CallRuntime(int slot, int place)
    {
        _x.Store(X64Operand.At(State, RunState.SlotOffset), slot, sizeof(int));
        _x.Move(R10, (uint)place);
        _x.Call(_helperThunk);
    }

    // r10: the place of the helper; r11: its number when the place does not say.
    private void HelperThunk()
    {
        _x.Bind(_helperThunk);
        for (int argument = 1; argument <= 5; argument++) _x.Store(Argument(argument), Host(argument), sizeof(ulong));
        _x.Move(true, Rdi, State);
        _x.Move(true, Rsi, R10);
        _x.Move(true, Rdx, R11);
        CallManaged(CompiledRun.HelperEntry);
        if (!_isTrusted)
            for (int argument = 1; argument <= 5; argument++) _x.Load(Host(argument), Argument(argument), sizeof(ulong));
        LeaveRuntime();
    }

    private static X64Operand Argument(int number) => X64Operand.At(State, RunState.ArgumentsOffset + ((number - 1) * sizeof(ulong)));

    // r11: the address; r10: the request. First the stack, then what was read last, then the runtime, which remembers what it finds.
    // Everything that a call may change is kept.
    private void FindThunk()
    {
        int ask = _x.NewLabel(), found = _x.NewLabel();
        _x.Bind(_findThunk);
        _x.Push(Rax);
        _x.Push(Rcx);
        _x.Move(false, Rax, R10);
        _x.Alu(X64Alu.And, false, Rax, FindRequest.SizeMask);
        JumpIfWithin(RunState.StackStartOffset, RunState.StackLimitsOffset, found);
        _x.Test(false, R10, FindRequest.WriteMask);
        _x.Jump(X64Condition.NotEqual, ask);
        JumpIfWithin(RunState.ReadStartOffset, RunState.ReadLimitsOffset, found);
        _x.Bind(ask);
        _x.Pop(Rcx);
        _x.Pop(Rax);
        foreach (var register in ChangedByCall) _x.Push(register);
        _x.Move(true, Rdi, State);
        _x.Move(true, Rsi, R11);
        _x.Move(true, Rdx, R10);
        CallManaged(CompiledRun.FindEntry);
        for (int i = ChangedByCall.Length - 1; i >= 0; i--) _x.Pop(ChangedByCall[i]);
        LeaveRuntime();
        _x.Bind(found);
        _x.Pop(Rcx);
        _x.Pop(Rax);
        _x.Return();
    }

    // rax: which limit.
    private void JumpIfWithin(int start, int limits, int label)
    {
        _x.Move(true, Rcx, R11);
        _x.Alu(X64Alu.Sub, true, Rcx, X64Operand.At(State, start));
        _x.Alu(X64Alu.Compare, true, Rcx, new X64Operand(State, Rax, 3, limits));
        _x.Jump(X64Condition.Below, label);
    }

    private void LeaveRuntime()
    {
        _x.Alu(X64Alu.Compare, false, X64Operand.At(State, RunState.FaultOffset), 0);
        _x.Jump(X64Condition.NotEqual, _unwind);
        _x.Return();
    }

    // The stack is where the program's calls have left it; C wants it at a multiple of sixteen.
    private void CallManaged(nint entry)
    {
        if (!_isTrusted) _x.Store(X64Operand.At(State, RunState.BudgetOffset), Budget, sizeof(ulong));
        _x.Move(Rax, (ulong)entry);
        _x.Push(Rbx);
        _x.Move(true, Rbx, Rsp);
        _x.Alu(X64Alu.And, true, Rsp, -16);
        _x.Call(Rax);
        _x.Move(true, Rsp, Rbx);
        _x.Pop(Rbx);
        if (!_isTrusted) _x.Load(Budget, X64Operand.At(State, RunState.BudgetOffset), sizeof(ulong));
    }
}
