// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Machine.Faults;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Register;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <content>Code for what seldom happens.</content>
internal sealed partial class Arm64Compiler
{
    private int AddDetour(DetourKind kind, int slot)
    {
        int label = _a.NewLabel();
        _detours.Add(new(kind, label, slot));
        return label;
    }

    private void Emit(Arm64Detour detour)
    {
        _a.Bind(detour.Label);
        switch (detour.Kind)
        {
            case DetourKind.Find:
                if (detour.Address != X9) _a.Move(true, X9, detour.Address);
                _a.Move(X10, (uint)detour.Request);
                _a.Call(_findThunk);
                _a.Jump(detour.Back);
                break;
            case DetourKind.Misaligned:
                Store(RunState.ArgumentsOffset, detour.Address, sizeof(ulong));
                Fail(detour.Slot, FaultKind.Misaligned);
                break;
            case DetourKind.Spent: Fail(detour.Slot, FaultKind.BudgetExceeded); break;
            case DetourKind.TooDeep: Fail(detour.Slot, FaultKind.CallsTooDeep); break;
            default: throw new UnreachableException($"no machine code for {detour.Kind}");
        }
    }
}
