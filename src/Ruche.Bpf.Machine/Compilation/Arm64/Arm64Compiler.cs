// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Faults;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Register;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Registers;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>
/// Makes machine code of a decoded program in one pass, instruction by instruction. Checked code is as safe as the interpreter: each access
/// is held against the region found last and the stack before the runtime is asked, each loop takes from the budget. Trusted code leaves
/// all that out.
/// </summary>
internal sealed partial class Arm64Compiler
{
    private static readonly Arm64Register[] PreservedByCaller = [X29, Link, X19, X20, X21, X22, State, Budget, Frame];

    private readonly Arm64Emitter _a;
    private readonly DecodedInstruction[] _code;
    private readonly CodeLayout _layout;
    private readonly RuntimeEntries _runtime;
    private readonly bool _isTrusted;
    private readonly bool _isDirect;
    private readonly int _slots;
    private readonly int _entries;
    private readonly int _unwind;
    private readonly int _findThunk;
    private readonly int _helperThunk;
    private readonly List<Arm64Detour> _detours = [];
    private Arm64Register[] _saved = []; // by the function that is being made

    private Arm64Compiler(DecodedInstruction[] code, CodeLayout layout, bool isTrusted, RuntimeEntries runtime, bool isFar)
    {
        (_code, _layout, _runtime, _isTrusted) = (code, layout, runtime, isTrusted);
        _isDirect = layout.IsDirect(isTrusted);
        _a = new(code.Length, isFar);
        _slots = _a.NewLabels(code.Length);
        _entries = _a.NewLabels(code.Length);
        _unwind = _a.NewLabel();
        _findThunk = _a.NewLabel();
        _helperThunk = _a.NewLabel();
    }

    /// <summary>Machine code for any address; it is entered at its beginning, or at <paramref name="callback"/> to call a function of it.</summary>
    public static ReadOnlySpan<byte> Compile(DecodedInstruction[] code, CodeLayout layout, bool isTrusted, RuntimeEntries runtime, out int callback)
    {
        // Few programs are larger than a conditional jump goes: the others are made again.
        foreach (bool isFar in (ReadOnlySpan<bool>)[false, true])
        {
            Arm64Compiler compiler = new(code, layout, isTrusted, runtime, isFar);
            callback = compiler.Program();
            if (compiler._a.TryFinish(out var finished)) return finished;
        }

        throw new NotSupportedException("the program is too large: its machine code is longer than a jump goes");
    }

    private int Program()
    {
        if (!_isDirect) Entry();
        Functions();
        foreach (var detour in _detours) Emit(detour);
        if (!_isTrusted) FindThunk();
        if (_layout.CallsRuntime) HelperThunk();
        return _layout.AddressTaken.Count == 0 ? 0 : CallbackEntry();
    }

    private void Functions()
    {
        for (int slot = 0; slot < _code.Length; slot = _layout.Next(slot))
        {
            if (_layout.IsFunction(slot))
            {
                // A loop may go back to the first instruction, but not to what comes before it.
                _a.Bind(_entries + slot);
                Prologue(_layout.FunctionOf(slot));
            }

            _a.Bind(_slots + slot);
            Instruction(slot, _code[slot]);
        }
    }

    private void Instruction(int slot, DecodedInstruction i)
    {
        if (Arithmetic(i) || Memory(slot, i) || Jump(slot, i)) return;
        switch (i.Operation)
        {
            case Operation.Nothing: break;
            case Operation.LoadWide: _a.Move(Host(i.Destination), (ulong)i.Immediate); break;
            case Operation.CallLocal: CallFunction(slot, i.Target); break;
            case Operation.CallRegister: CallRegister(slot, Host(i.Destination)); break;
            case Operation.CallHelper or Operation.LookupElement or Operation.TailCall or Operation.LoadPacket or Operation.LoadPacketIndexed:
                CallHelper(slot, i);
                break;
            case Operation.Exit: Exit(slot); break;
            default: throw new UnreachableException($"no machine code for {i.Operation}");
        }
    }

    // ulong (RunState* state, ulong r1, ulong r2, ulong stackTop)
    private void Entry()
    {
        EnterFromRuntime();
        _a.Move(true, Host(1), X1);
        _a.Move(true, Host(2), X2);
        if (!_isTrusted) Clear([0, 3, 4, 5, 6, 7, 8, 9]);
        _a.Call(_entries);
        _a.Bind(_unwind);
        Load(X9, RunState.SavedStackPointerOffset, sizeof(ulong));
        _a.Alu(Arm64Alu.Add, true, Stack, X9, 0);
        if (!_isTrusted) Store(RunState.BudgetOffset, Budget, sizeof(ulong));
        _a.Move(true, X0, Result);
        _a.Pop(PreservedByCaller);
        _a.Return();
    }

    // The state is the first argument and the frame the fourth. A fault goes to where this call was made from.
    private void EnterFromRuntime()
    {
        _a.Push(PreservedByCaller);
        _a.Move(true, State, X0);
        _a.Move(true, Frame, X3);
        _a.Alu(Arm64Alu.Add, true, X9, Stack, 0);
        Store(RunState.SavedStackPointerOffset, X9, sizeof(ulong));
        if (!_isTrusted) Load(Budget, RunState.BudgetOffset, sizeof(ulong));
    }

    private void Clear(ReadOnlySpan<int> registers)
    {
        foreach (int register in registers) _a.Move(Host(register), 0);
    }

    // What the interpreter clears when a function begins, where the function can see it.
    private void Prologue(FunctionLayout function)
    {
        _saved = SavedBy(function);
        _a.Push(_saved);
        if (IsDirect(function) && _layout.UsesStack)
        {
            _a.Alu(Arm64Alu.Add, true, Frame, Stack, 0);
            _a.Alu(Arm64Alu.Sub, true, Stack, Stack, StackBytes);
        }

        if (!function.UsesStack || _isTrusted) return;
        _a.ClearVector();
        for (int at = -FrameBytes; at < 0; at += 32) _a.StoreVectors(Frame, at);
    }

    private void Exit(int slot)
    {
        if (IsDirect(_layout.FunctionOf(slot)))
        {
            if (_layout.UsesStack) _a.Alu(Arm64Alu.Add, true, Stack, Frame, 0);
            _a.Move(true, X0, Result);
        }

        _a.Pop(_saved);
        _a.Return();
    }

    // What belongs to whoever calls, and where to return to unless nothing else is called.
    private Arm64Register[] SavedBy(FunctionLayout function)
    {
        bool isDirect = IsDirect(function);
        List<Arm64Register> saved = [];
        if (!_isTrusted || function.Calls) saved.Add(Link);
        foreach (int register in isDirect ? _layout.Changed : function.Preserved) saved.Add(Host(register));
        if (isDirect && _layout.UsesStack) saved.Add(Frame);
        return [.. saved];
    }

    private bool IsDirect(FunctionLayout function) => _isDirect && function.Start == 0;

    private void Fail(int slot, FaultKind kind)
    {
        _a.Move(X9, (uint)slot);
        Store(RunState.SlotOffset, X9, sizeof(int));
        _a.Move(X9, (uint)kind + 1);
        Store(RunState.FaultOffset, X9, sizeof(int));
        _a.Jump(_unwind);
    }

    private void Load(Arm64Register to, int offset, int bytes) => _a.Load(to, Arm64Operand.At(State, offset), bytes);

    private void Store(int offset, Arm64Register from, int bytes) => _a.Store(Arm64Operand.At(State, offset), from, bytes);
}
