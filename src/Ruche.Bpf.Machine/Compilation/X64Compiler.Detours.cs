// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Faults;
using Ruche.Bpf.Machine.Memory;
using static Ruche.Bpf.Machine.Compilation.X64Register;
using static Ruche.Bpf.Machine.Compilation.X64Registers;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>Code for what seldom happens.</content>
internal sealed partial class X64Compiler
{
    private int AddDetour(DetourKind kind, int slot)
    {
        int label = _x.NewLabel();
        _detours.Add(new(kind, label, -1, slot));
        return label;
    }

    private void Emit(Detour detour)
    {
        _x.Bind(detour.Label);
        switch (detour.Kind)
        {
            case DetourKind.Find: Find(detour); break;
            case DetourKind.Misaligned:
                _x.LoadAddress(true, R11, detour.Operand);
                _x.Store(X64Operand.At(State, RunState.ArgumentsOffset), R11, sizeof(ulong));
                Fail(detour.Slot, FaultKind.Misaligned);
                break;
            case DetourKind.Spent: Fail(detour.Slot, FaultKind.BudgetExceeded); break;
            case DetourKind.TooDeep: Fail(detour.Slot, FaultKind.CallsTooDeep); break;
            case DetourKind.NoElement:
                _x.Move(Rax, 0);
                _x.Jump(detour.Back);
                break;
            case DetourKind.Walk: Walk(detour); break;
            case DetourKind.ByZero: ByZero(detour); break;
            default: ByMinusOne(detour); break;
        }
    }

    private void Find(Detour detour)
    {
        _x.LoadAddress(true, R11, detour.Operand);
        _x.Move(R10, (uint)FindRequest.Of(detour.Slot, detour.Bytes, detour.IsWrite ? MemoryRights.Write : MemoryRights.Read));
        _x.Call(_findThunk);
        _x.Jump(detour.Back);
    }

    private void ByZero(Detour detour)
    {
        var to = Host(_code[detour.Slot].Destination);
        if (!detour.IsRemainder) _x.Move(to, 0);
        else if (!detour.IsWide) _x.Move(false, to, to);
        _x.Jump(detour.Back);
    }

    private void ByMinusOne(Detour detour)
    {
        var to = Host(_code[detour.Slot].Destination);
        if (detour.IsRemainder) _x.Move(to, 0);
        else _x.Negate(detour.IsWide, to);
        _x.Jump(detour.Back);
    }
}
