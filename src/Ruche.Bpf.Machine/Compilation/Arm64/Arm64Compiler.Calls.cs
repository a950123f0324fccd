// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Register;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Registers;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <content>Functions of the program, and the two ways into the runtime: for a helper, and for a region that was not at hand.</content>
internal sealed partial class Arm64Compiler
{
    // The address that is looked for, and where the thunk returns to, are among them.
    private static readonly Arm64Register[] ChangedByCall = [X0, X1, X2, X3, X4, Result, X9, Link];

    private void CallHelper(int slot, DecodedInstruction i)
    {
        if (i.Operation is Operation.LoadPacket or Operation.LoadPacketIndexed) PreparePacketLoad(i);
        CallRuntime(slot, i.Target);
        if (i.Operation is Operation.TailCall or Operation.LoadPacket or Operation.LoadPacketIndexed) EndWithHelper(slot);
    }

    // The index may be in any register, so it is read first.
    private void PreparePacketLoad(DecodedInstruction i)
    {
        if (i.Operation is Operation.LoadPacketIndexed) AddConstant(false, Host(2), Host(i.Source), i.Immediate);
        else _a.Move(Host(2), (uint)i.Immediate);
        _a.Move(true, Host(1), Host(6));
        _a.Move(Host(3), i.Destination);
    }

    // When the function ends with the helper, the helper's result is its own.
    private void EndWithHelper(int slot)
    {
        int next = _a.NewLabel();
        Load(X9, RunState.IsOverOffset, sizeof(int));
        _a.JumpIfZero(false, X9, next);
        Store(RunState.IsOverOffset, Zero, sizeof(int));
        Exit(slot);
        _a.Bind(next);
    }

    // ulong (RunState* state, ulong function, ulong* arguments, ulong frame): calls a function whose address the program has taken.
    private int CallbackEntry()
    {
        int entry = _a.Length;
        EnterFromRuntime();
        _a.Move(true, X9, X1);
        _a.Move(true, X10, X2);
        _a.LoadPair(Arm64Operand.At(X10), Host(1), Host(2));
        _a.LoadPair(Arm64Operand.At(X10, 2 * sizeof(ulong)), Host(3), Host(4));
        _a.Load(Host(5), Arm64Operand.At(X10, 4 * sizeof(ulong)), sizeof(ulong));
        Clear([0, 6, 7, 8, 9]);
        foreach (int function in _layout.AddressTaken)
        {
            int next = SkipUnless(X9, function);
            _a.Call(_entries + function);
            _a.Jump(_unwind);
            _a.Bind(next);
        }

        _a.Jump(_unwind);
        return entry;
    }

    private void CallFunction(int slot, int target)
    {
        var function = _layout.FunctionOf(target);
        // The runtime wants to know where the stack ends; where it is never asked, a frame that nobody looks at need not be there.
        bool isCounted = !_isTrusted || _layout.CallsRuntime;
        bool hasFrame = isCounted || function.UsesStack;
        if (!_isTrusted) Spend(slot, function.Length);
        if (isCounted) Load(X9, RunState.DepthOffset, sizeof(int));
        if (!_isTrusted)
        {
            _a.Alu(Arm64Alu.SubFlags, false, Zero, X9, MaxFrames - 1);
            _a.Jump(Arm64Condition.AboveOrEqual, AddDetour(DetourKind.TooDeep, slot));
        }

        if (isCounted) ChangeDepth(Arm64Alu.Add);
        if (hasFrame) _a.Alu(Arm64Alu.Sub, true, Frame, Frame, FrameBytes);
        _a.Call(_entries + target);
        if (hasFrame) _a.Alu(Arm64Alu.Add, true, Frame, Frame, FrameBytes);
        if (!isCounted) return;
        Load(X9, RunState.DepthOffset, sizeof(int));
        ChangeDepth(Arm64Alu.Sub);
    }

    // X9: the depth.
    private void ChangeDepth(Arm64Alu operation)
    {
        _a.Alu(operation, false, X9, X9, 1);
        Store(RunState.DepthOffset, X9, sizeof(int));
    }

    // A register holds the address of a function that the program took, or a helper's number.
    private void CallRegister(int slot, Arm64Register register)
    {
        int end = _a.NewLabel();
        foreach (int function in _layout.AddressTaken)
        {
            int next = SkipUnless(register, function);
            CallFunction(slot, function);
            _a.Jump(end);
            _a.Bind(next);
        }

        _a.Move(true, X10, register);
        CallRuntime(slot, CompiledRun.ByNumber);
        _a.Bind(end);
    }

    /// <summary>Goes to a new label unless a register holds the address of a function; uses X11.</summary>
    private int SkipUnless(Arm64Register register, int function)
    {
        int next = _a.NewLabel();
        _a.Move(X11, FunctionAddresses.Of(function));
        _a.Alu(Arm64Alu.SubFlags, true, Zero, register, X11);
        _a.Jump(Arm64Condition.NotEqual, next);
        return next;
    }

    private void CallRuntime(int slot, int place)
    {
        _a.Move(X9, (uint)slot);
        Store(RunState.SlotOffset, X9, sizeof(int));
        _a.Move(X9, (uint)place);
        _a.Call(_helperThunk);
    }

    // x9: the place of the helper; x10: its number when the place does not say.
    private void HelperThunk()
    {
        _a.Bind(_helperThunk);
        _a.StorePair(Argument(1), Host(1), Host(2));
        _a.StorePair(Argument(3), Host(3), Host(4));
        _a.Store(Argument(5), Host(5), sizeof(ulong));
        _a.Move(true, X0, State);
        _a.Move(true, X1, X9);
        _a.Move(true, X2, X10);
        _a.Push([Link]);
        CallManaged(_runtime.Helper);
        _a.Pop([Link]);
        _a.Move(true, Result, X0);
        if (!_isTrusted)
        {
            _a.LoadPair(Argument(1), Host(1), Host(2));
            _a.LoadPair(Argument(3), Host(3), Host(4));
            _a.Load(Host(5), Argument(5), sizeof(ulong));
        }

        LeaveRuntime();
    }

    private static Arm64Operand Argument(int number) => Arm64Operand.At(State, RunState.ArgumentsOffset + ((number - 1) * sizeof(ulong)));

    // x9: the address; x10: the request. First the stack, then what was read last, then the runtime, which remembers what it finds.
    // Everything that a call may change is kept.
    private void FindThunk()
    {
        int ask = _a.NewLabel(), found = _a.NewLabel();
        _a.Bind(_findThunk);
        Combine(Arm64Logic.And, false, X11, X10, FindRequest.SizeMask);
        JumpIfWithin(RunState.StackStartOffset, RunState.StackLimitsOffset, found);
        Combine(Arm64Logic.AndFlags, false, Zero, X10, FindRequest.WriteMask);
        _a.Jump(Arm64Condition.NotEqual, ask);
        JumpIfWithin(RunState.ReadStartOffset, RunState.ReadLimitsOffset, found);
        _a.Bind(ask);
        _a.Push(ChangedByCall);
        _a.Move(true, X0, State);
        _a.Move(true, X1, X9);
        _a.Move(true, X2, X10);
        CallManaged(_runtime.Find);
        _a.Pop(ChangedByCall);
        LeaveRuntime();
        _a.Bind(found);
        _a.Return();
    }

    // x11: which limit.
    private void JumpIfWithin(int start, int limits, int label)
    {
        Load(X12, start, sizeof(ulong));
        _a.Alu(Arm64Alu.Sub, true, X12, X9, X12);
        _a.Alu(Arm64Alu.Add, true, X13, State, limits);
        _a.Load(X13, new(X13, 0, X11, IsScaled: true), sizeof(ulong));
        _a.Alu(Arm64Alu.SubFlags, true, Zero, X12, X13);
        _a.Jump(Arm64Condition.Below, label);
    }

    private void LeaveRuntime()
    {
        Load(X10, RunState.FaultOffset, sizeof(int));
        _a.JumpIfNotZero(false, X10, _unwind);
        _a.Return();
    }

    private void CallManaged(ulong entry)
    {
        if (!_isTrusted) Store(RunState.BudgetOffset, Budget, sizeof(ulong));
        _a.Move(X9, entry);
        _a.Call(X9);
        if (!_isTrusted) Load(Budget, RunState.BudgetOffset, sizeof(ulong));
    }
}
