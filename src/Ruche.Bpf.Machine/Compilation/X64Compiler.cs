// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Iced.Intel;
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Faults;
using static Iced.Intel.AssemblerRegisters;
using static Ruche.Bpf.Machine.Compilation.X64Registers;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>
/// Makes machine code of a decoded program, instruction by instruction. The code is as safe as the interpreter: each access is held
/// against the stack and the region found last, before the runtime is asked; each loop takes from the budget.
/// </summary>
internal sealed partial class X64Compiler
{
    private readonly Assembler _c = new(64);
    private readonly DecodedInstruction[] _code;
    private readonly CodeLayout _layout;
    private readonly Label[] _slots;
    private readonly Label[] _entries;
    private readonly List<Action> _outOfLine = [];
    private Label _unwind;
    private Label _findThunk;
    private Label _helperThunk;

    private X64Compiler(DecodedInstruction[] code, CodeLayout layout)
    {
        (_code, _layout) = (code, layout);
        (_slots, _entries) = (new Label[code.Length], new Label[code.Length]);
        for (int slot = 0; slot < code.Length; slot++) (_slots[slot], _entries[slot]) = (_c.CreateLabel(), _c.CreateLabel());
        _unwind = _c.CreateLabel();
        _findThunk = _c.CreateLabel();
        _helperThunk = _c.CreateLabel();
    }

    /// <summary>Machine code for any address; it is entered at its beginning, or at <paramref name="callback"/> to call a function of it.</summary>
    public static byte[] Compile(DecodedInstruction[] code, int? handler, out int callback)
    {
        X64Compiler compiler = new(code, CodeLayout.Of(code, handler));
        compiler.Entry();
        compiler.Functions();
        for (int i = 0; i < compiler._outOfLine.Count; i++) compiler._outOfLine[i]();
        compiler.FindThunk();
        compiler.HelperThunk();
        var callbackEntry = compiler.CallbackEntry();
        using MemoryStream output = new();
        var assembled = compiler._c.Assemble(new StreamCodeWriter(output), 0, BlockEncoderOptions.ReturnNewInstructionOffsets);
        callback = (int)assembled.GetLabelRIP(callbackEntry);
        return output.ToArray();
    }

    private void Functions()
    {
        for (int slot = 0; slot < _code.Length; slot++)
        {
            if (_layout.FunctionAt(slot) is { } function)
            {
                // A loop may go back to the first instruction, but not to what comes before it.
                _c.Label(ref _entries[slot]);
                Prologue(function);
            }

            if (_layout.IsTarget(slot)) _c.Label(ref _slots[slot]);
            Instruction(slot, _code[slot]);
            if (_code[slot].Operation is Operation.LoadWide) slot++;
        }
    }

    private void Instruction(int slot, DecodedInstruction i)
    {
        if (Arithmetic(i) || Memory(slot, i) || Jump(slot, i)) return;
        switch (i.Operation)
        {
            case Operation.Nothing: _c.zero_bytes(); break;
            case Operation.LoadWide: Load(Wide[i.Destination], (ulong)i.Immediate); break;
            case Operation.CallHelper: CallRuntime(slot, i.Target); break;
            case Operation.TailCall: TailCall(slot, i.Target); break;
            case Operation.CallLocal: CallFunction(slot, i.Target); break;
            case Operation.CallRegister: CallRegister(slot, Wide[i.Destination]); break;
            case Operation.Exit: Exit(slot); break;
            default: throw new UnreachableException($"no machine code for {i.Operation}");
        }
    }

    // ulong (RunState* state, ulong r1, ulong r2, ulong stackTop)
    private void Entry()
    {
        var epilogue = _c.CreateLabel();
        AssemblerRegister64[] preserved = [rbx, rbp, r12, r13, r14, r15];
        foreach (var register in preserved) _c.push(register);
        _c.sub(rsp, 8);
        _c.mov(State, rdi);
        _c.mov(__qword_ptr[State + RunState.SavedStackPointerOffset], rsp);
        _c.mov(rbp, rcx);
        _c.mov(rdi, rsi);
        _c.mov(rsi, rdx);
        foreach (int register in (ReadOnlySpan<int>)[0, 3, 4, 5, 6, 7, 8, 9]) _c.xor(Narrow[register], Narrow[register]);
        _c.call(_entries[0]);
        _c.Label(ref epilogue);
        _c.add(rsp, 8);
        foreach (var register in preserved.Reverse()) _c.pop(register);
        _c.ret();

        _c.Label(ref _unwind);
        _c.mov(rsp, __qword_ptr[State + RunState.SavedStackPointerOffset]);
        _c.jmp(epilogue);
    }

    // What the interpreter clears when a function begins, where the function can see it.
    private void Prologue(FunctionLayout function)
    {
        _c.zero_bytes();
        foreach (int register in function.Preserved) _c.push(Wide[register]);
        if (!function.UsesStack) return;
        _c.vpxor(xmm0, xmm0, xmm0);
        for (int at = -FrameBytes; at < 0; at += 32) _c.vmovdqu(__ymmword_ptr[rbp + at], ymm0);
        _c.vzeroupper();
    }

    private void Exit(int slot)
    {
        foreach (int register in _layout.FunctionOf(slot).Preserved.Reverse()) _c.pop(Wide[register]);
        _c.ret();
    }

    private void Fail(int slot, FaultKind kind)
    {
        _c.mov(__dword_ptr[State + RunState.SlotOffset], slot);
        _c.mov(__dword_ptr[State + RunState.FaultOffset], (int)kind + 1);
        _c.jmp(_unwind);
    }
}
