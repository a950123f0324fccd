// SPDX-License-Identifier: MIT
using Iced.Intel;
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Faults;
using static Iced.Intel.AssemblerRegisters;
using static Ruche.Bpf.Machine.Compilation.X64Registers;
using static Ruche.Bpf.Machine.Execution.RunLimits;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>Functions of the program, and the two ways into the runtime: for a helper, and for a region that was not at hand.</content>
internal sealed partial class X64Compiler
{
    private void CallFunction(int slot, int target)
    {
        BeginCall(slot, _layout.FunctionOf(target).Length);
        _c.call(_entries[target]);
        EndCall();
    }

    private void BeginCall(int slot, int length)
    {
        var tooDeep = _c.CreateLabel();
        Spend(slot, length);
        _c.cmp(__dword_ptr[State + RunState.DepthOffset], MaxFrames - 1);
        _c.jae(tooDeep);
        _c.inc(__dword_ptr[State + RunState.DepthOffset]);
        _c.sub(rbp, FrameBytes);
        _outOfLine.Add(() =>
        {
            _c.Label(ref tooDeep);
            Fail(slot, FaultKind.CallsTooDeep);
        });
    }

    private void EndCall()
    {
        _c.add(rbp, FrameBytes);
        _c.dec(__dword_ptr[State + RunState.DepthOffset]);
    }

    // A register holds the address of a function that the program took, or a helper's number.
    private void CallRegister(int slot, AssemblerRegister64 register)
    {
        var end = _c.CreateLabel();
        _c.mov(r11, register);
        foreach (int function in _layout.AddressTaken)
        {
            var next = _c.CreateLabel();
            _c.mov(r10, FunctionAddresses.Of(function));
            _c.cmp(r11, r10);
            _c.jne(next);
            BeginCall(slot, _layout.FunctionOf(function).Length);
            _c.call(_entries[function]);
            EndCall();
            _c.jmp(end);
            _c.Label(ref next);
        }

        CallRuntime(slot, CompiledRun.ByNumber);
        _c.Label(ref end);
        _c.zero_bytes();
    }

    // When another program has run in place of the rest of this function, its result is this function's.
    private void TailCall(int slot, int place)
    {
        var next = _c.CreateLabel();
        CallRuntime(slot, place);
        _c.cmp(__dword_ptr[State + RunState.HasTailCalledOffset], 0);
        _c.je(next);
        _c.mov(__dword_ptr[State + RunState.HasTailCalledOffset], 0);
        Exit(slot);
        _c.Label(ref next);
        _c.zero_bytes();
    }

    // ulong (RunState* state, ulong function, ulong* arguments, ulong frame): calls a function whose address the program has taken.
    private Label CallbackEntry()
    {
        var (entry, end) = (_c.CreateLabel(), _c.CreateLabel());
        AssemblerRegister64[] preserved = [rbx, rbp, r12, r13, r14, r15];
        _c.Label(ref entry);
        foreach (var register in preserved) _c.push(register);
        _c.sub(rsp, 8);
        _c.mov(State, rdi);
        // A fault in the function ends here; the caller of the entry keeps where it ended before.
        _c.mov(__qword_ptr[State + RunState.SavedStackPointerOffset], rsp);
        _c.mov(rbp, rcx);
        _c.mov(r11, rsi);
        _c.mov(r10, rdx);
        for (int argument = 1; argument <= 5; argument++) _c.mov(Wide[argument], __qword_ptr[r10 + ((argument - 1) * sizeof(ulong))]);
        foreach (int register in (ReadOnlySpan<int>)[0, 6, 7, 8, 9]) _c.xor(Narrow[register], Narrow[register]);
        foreach (int function in _layout.AddressTaken)
        {
            var next = _c.CreateLabel();
            _c.mov(r10, FunctionAddresses.Of(function));
            _c.cmp(r11, r10);
            _c.jne(next);
            _c.call(_entries[function]);
            _c.jmp(end);
            _c.Label(ref next);
            _c.zero_bytes();
        }

        _c.Label(ref end);
        _c.add(rsp, 8);
        foreach (var register in preserved.Reverse()) _c.pop(register);
        _c.ret();
        return entry;
    }

    private void CallRuntime(int slot, int place)
    {
        _c.mov(__dword_ptr[State + RunState.SlotOffset], slot);
        _c.mov(r10d, place);
        _c.call(_helperThunk);
    }

    // r10: the place of the helper; r11: its number when the place does not say.
    private void HelperThunk()
    {
        _c.Label(ref _helperThunk);
        for (int argument = 1; argument <= 5; argument++) _c.mov(__qword_ptr[State + (RunState.ArgumentsOffset + ((argument - 1) * sizeof(ulong)))], Wide[argument]);
        _c.mov(rdi, State);
        _c.mov(rsi, r10);
        _c.mov(rdx, r11);
        CallManaged(CompiledRun.HelperEntry);
        for (int argument = 1; argument <= 5; argument++) _c.mov(Wide[argument], __qword_ptr[State + (RunState.ArgumentsOffset + ((argument - 1) * sizeof(ulong)))]);
        _c.cmp(__dword_ptr[State + RunState.FaultOffset], 0);
        _c.jne(_unwind);
        _c.ret();
    }

    // r11: the address; r10: size and rights. Everything that a call may change is kept.
    private void FindThunk()
    {
        AssemblerRegister64[] changed = [rax, rdi, rsi, rdx, rcx, r8, r11];
        _c.Label(ref _findThunk);
        foreach (var register in changed) _c.push(register);
        _c.mov(rdi, State);
        _c.mov(rsi, r11);
        _c.mov(rdx, r10);
        CallManaged(CompiledRun.FindEntry);
        foreach (var register in changed.Reverse()) _c.pop(register);
        _c.cmp(__dword_ptr[State + RunState.FaultOffset], 0);
        _c.jne(_unwind);
        _c.ret();
    }

    // The stack is where the program's calls have left it; C wants it at a multiple of sixteen.
    private void CallManaged(nint entry)
    {
        _c.mov(rax, entry);
        _c.push(rbx);
        _c.mov(rbx, rsp);
        _c.and(rsp, -16);
        _c.call(rax);
        _c.mov(rsp, rbx);
        _c.pop(rbx);
    }
}
