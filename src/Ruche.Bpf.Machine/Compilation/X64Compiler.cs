// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Machine.Memory;
using static Ruche.Bpf.Machine.Compilation.X64Register;
using static Ruche.Bpf.Machine.Compilation.X64Registers;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>
/// Makes machine code of a decoded program in one pass. Sums and bytes that are being put together are deferred until something needs
/// them, so that they become addresses and operands. Checked code is as safe as the interpreter: each access is held against the region
/// found last and the stack before the runtime is asked, each loop takes from the budget. Trusted code leaves all that out.
/// </summary>
internal sealed partial class X64Compiler
{
    private const int LoopAlignment = 32;

    private static readonly X64Register[] PreservedByCaller = [Rbx, Rbp, R12, R13, R14, R15];

    private static readonly X64Preamble CheckedPreamble = Preamble(isTrusted: false);
    private static readonly X64Preamble TrustedPreamble = Preamble(isTrusted: true);

    private readonly X64Emitter _x;
    private readonly DecodedInstruction[] _code;
    private readonly CodeLayout _layout;
    private readonly MapTable _maps;
    private readonly RegisterFlow _flow;
    private readonly bool _isTrusted;
    private readonly bool _isDirect;
    private readonly int _slots;
    private readonly int _entries;
    private readonly int _unwind;
    private readonly int _findThunk;
    private readonly int _helperThunk;
    private readonly List<Detour> _detours;
    private int _skipped; // how many of the next instructions are done already

    private X64Compiler(X64Scratch scratch, DecodedInstruction[] code, CodeLayout layout, MapTable maps, bool isTrusted)
    {
        (_x, _detours, _code, _layout, _maps, _isTrusted) = (scratch.Emitter, scratch.Detours, code, layout, maps, isTrusted);
        _isDirect = layout.IsDirect(isTrusted);
        _flow = RegisterFlow.Of(code, _layout, isTrusted);
        _slots = _x.NewLabels(code.Length);
        _entries = _x.NewLabels(code.Length);
        _unwind = _x.NewLabel();
        _findThunk = _x.NewLabel();
        _helperThunk = _x.NewLabel();
    }

    /// <summary>
    /// Machine code for any address, in the scratch memory; it is entered at its beginning, or at <paramref name="callback"/> to call a function
    /// of it.
    /// </summary>
    public static ReadOnlySpan<byte> Compile(X64Scratch scratch, DecodedInstruction[] code, CodeLayout layout, MapTable maps, bool isTrusted, out int callback)
    {
        X64Compiler compiler = new(scratch, code, layout, maps, isTrusted);
        if (!compiler._isDirect) compiler.Begin(isTrusted ? TrustedPreamble : CheckedPreamble);
        compiler.Functions();
        for (int i = 0; i < compiler._detours.Count; i++) compiler.Emit(compiler._detours[i]);
        callback = compiler._layout.AddressTaken.Count == 0 ? 0 : compiler.CallbackEntry();
        return compiler._x.Finish();
    }

    private void Begin(X64Preamble preamble)
    {
        _x.Bind(_unwind, preamble.Unwind);
        _x.Bind(_findThunk, preamble.FindThunk);
        _x.Bind(_helperThunk, preamble.HelperThunk);
        _x.Append(preamble.Code);
    }

    private static X64Preamble Preamble(bool isTrusted)
    {
        DecodedInstruction[] nothing = [new(Operation.Exit, 0, 0, 0, 0)];
        X64Compiler compiler = new(new(), nothing, CodeLayout.Of(nothing, null), new(), isTrusted);
        compiler.Entry();
        compiler.FindThunk();
        compiler.HelperThunk();
        compiler._x.Bind(compiler._entries);
        byte[] code = compiler._x.Finish().ToArray();
        return new(code, compiler._x.PlaceOf(compiler._unwind), compiler._x.PlaceOf(compiler._findThunk), compiler._x.PlaceOf(compiler._helperThunk));
    }

    private void Functions()
    {
        for (int slot = 0; slot < _code.Length; slot = _layout.Next(slot))
        {
            if (_layout.IsFunction(slot))
            {
                // A loop may go back to the first instruction, but not to what comes before it.
                _x.Bind(_entries + slot);
                Prologue(_layout.FunctionOf(slot));
            }

            if (_layout.IsTarget(slot)) Begin(slot);
            if (_skipped > 0)
            {
                _skipped--;
                continue;
            }

            DropUnwanted(_flow.LiveBefore(slot));
            Instruction(slot, _code[slot]);
            int next = _layout.Next(slot);
            if (next < _code.Length && (_layout.IsTarget(next) || _layout.IsFunction(next)) && CodeLayout.FallsThrough(_code[slot].Operation))
                SettleAll(_flow.LiveAfter(slot));
        }
    }

    private void Begin(int slot)
    {
        if (_layout.IsLoop(slot)) _x.Align(LoopAlignment);
        _x.Bind(_slots + slot);
        _short = _flow.ShortBefore(slot);
    }

    private void Instruction(int slot, in DecodedInstruction i)
    {
        if (Rotation(slot, i) || Arithmetic(slot, i) || Memory(slot, i) || Jump(slot, i)) return;
        switch (i.Operation)
        {
            case Operation.Nothing: break;
            case Operation.LoadWide:
                Redefine(i.Destination, slot, 0);
                if (!IsOnlyForLookup(slot)) _x.Move(Host(i.Destination), (ulong)i.Immediate);
                Now(i.Destination, slot);
                break;
            case Operation.LookupElement when MapOf(slot) is { } map && CanLookUp(map): LookUp(slot, map); break;
            case Operation.CallHelper:
            case Operation.LookupElement:
            case Operation.TailCall:
            case Operation.LoadPacket:
            case Operation.LoadPacketIndexed:
            case Operation.CallLocal:
            case Operation.CallRegister:
                SettleAll(_flow.LiveBefore(slot));
                Call(slot, i);
                _short = _flow.ShortAfter(slot, _short);
                break;
            case Operation.Exit:
                SettleAll(_flow.LiveBefore(slot));
                Exit(slot);
                break;
            default: throw new UnreachableException($"no machine code for {i.Operation}");
        }
    }

    // ulong (RunState* state, ulong r1, ulong r2, ulong stackTop)
    private void Entry()
    {
        EnterFromRuntime();
        _x.Move(true, Rdi, Rsi);
        _x.Move(true, Rsi, Rdx);
        if (!_isTrusted)
            foreach (int register in (ReadOnlySpan<int>)[0, 3, 4, 5, 6, 7, 8, 9]) _x.Move(Host(register), 0);
        _x.Call(_entries);
        _x.Bind(_unwind);
        _x.Load(Rsp, X64Operand.At(State, RunState.SavedStackPointerOffset), sizeof(ulong));
        if (!_isTrusted) _x.Store(X64Operand.At(State, RunState.BudgetOffset), Budget, sizeof(ulong));
        _x.Alu(X64Alu.Add, true, Rsp, sizeof(ulong));
        for (int i = PreservedByCaller.Length - 1; i >= 0; i--) _x.Pop(PreservedByCaller[i]);
        _x.Return();
    }

    // The state is the first argument and the frame the fourth. A fault goes to where this call was made from.
    private void EnterFromRuntime()
    {
        foreach (var register in PreservedByCaller) _x.Push(register);
        _x.Alu(X64Alu.Sub, true, Rsp, sizeof(ulong));
        _x.Move(true, State, Rdi);
        _x.Store(X64Operand.At(State, RunState.SavedStackPointerOffset), Rsp, sizeof(ulong));
        _x.Move(true, Rbp, Rcx);
        if (!_isTrusted) _x.Load(Budget, X64Operand.At(State, RunState.BudgetOffset), sizeof(ulong));
    }

    // What the interpreter clears when a function begins, where the function can see it.
    private void Prologue(FunctionLayout function)
    {
        foreach (int register in function.Preserved) _x.Push(Host(register));
        _short = _flow.ShortBefore(function.Start);
        if (_isDirect && function.Start == 0) EnterDirectly();
        if (!function.UsesStack || _isTrusted) return;
        _x.ClearVector();
        for (int at = -FrameBytes; at < 0; at += 32) _x.StoreVectorBelowFrame(at);
        _x.EndVectors();
    }

    private void Exit(int slot)
    {
        if (_isDirect && _layout.FunctionOf(slot).Start == 0) LeaveDirectly();
        var preserved = _layout.FunctionOf(slot).Preserved;
        for (int i = preserved.Count - 1; i >= 0; i--) _x.Pop(Host(preserved[i]));
        _x.Return();
    }

    private void EnterDirectly()
    {
        foreach (int register in _layout.Changed) _x.Push(Host(register));
        if (!_layout.UsesStack) return;
        _x.Push(Rbp);
        _x.Move(true, Rbp, Rsp);
        _x.Alu(X64Alu.Sub, true, Rsp, StackBytes);
    }

    private void LeaveDirectly()
    {
        if (_layout.UsesStack)
        {
            _x.Move(true, Rsp, Rbp);
            _x.Pop(Rbp);
        }

        var changed = _layout.Changed;
        for (int i = changed.Count - 1; i >= 0; i--) _x.Pop(Host(changed[i]));
    }

    private void Fail(int slot, FaultKind kind)
    {
        _x.Store(X64Operand.At(State, RunState.SlotOffset), slot, sizeof(int));
        _x.Store(X64Operand.At(State, RunState.FaultOffset), (int)kind + 1, sizeof(int));
        _x.Jump(_unwind);
    }
}
