// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Faults;
using static Iced.Intel.AssemblerRegisters;
using static Ruche.Bpf.Machine.Compilation.X64Registers;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>Jumps. Those that go back take what they repeat from the budget.</content>
internal sealed partial class X64Compiler
{
    private bool Jump(int slot, DecodedInstruction i)
    {
        if (i.Operation is Operation.Goto or Operation.GotoLong)
        {
            Go(slot, i.Target);
            return true;
        }

        if (i.Operation is Operation.MayGoto)
        {
            _c.cmp(__dword_ptr[State + RunState.LoopsLeftOffset], 0);
            GoIf(Operation.JumpEqual64, slot, i.Target);
            _c.dec(__dword_ptr[State + RunState.LoopsLeftOffset]);
            return true;
        }

        if (!X64Conditions.IsConditional(i.Operation)) return false;
        Compare(i);
        GoIf(i.Operation, slot, i.Target);
        return true;
    }

    private void GoIf(Operation condition, int slot, int target)
    {
        if (target > slot)
        {
            X64Conditions.Jump(_c, condition, _slots[target]);
            return;
        }

        var taken = _c.CreateLabel();
        X64Conditions.Jump(_c, condition, taken);
        _outOfLine.Add(() =>
        {
            _c.Label(ref taken);
            Go(slot, target);
        });
    }

    private void Go(int slot, int target)
    {
        if (target <= slot) Spend(slot, slot + 1 - target);
        _c.jmp(_slots[target]);
    }

    private void Spend(int slot, int instructions)
    {
        var spent = _c.CreateLabel();
        _c.sub(__qword_ptr[State + RunState.BudgetOffset], instructions);
        _c.js(spent);
        _outOfLine.Add(() =>
        {
            _c.Label(ref spent);
            Fail(slot, FaultKind.BudgetExceeded);
        });
    }

    private void Compare(DecodedInstruction i)
    {
        bool isTest = X64Conditions.IsTest(i.Operation);
        if (X64Conditions.IsNarrow(i.Operation))
        {
            var left = Narrow[i.Destination];
            if (!X64Conditions.HasRegister(i.Operation))
            {
                if (isTest) _c.test(left, (int)i.Immediate);
                else if (i.Immediate == 0) _c.test(left, left);
                else _c.cmp(left, (int)i.Immediate);
            }
            else if (isTest) _c.test(left, Narrow[i.Source]);
            else _c.cmp(left, Narrow[i.Source]);
            return;
        }

        var wide = Wide[i.Destination];
        if (!X64Conditions.HasRegister(i.Operation))
        {
            if (isTest) _c.test(wide, (int)i.Immediate);
            else if (i.Immediate == 0) _c.test(wide, wide);
            else _c.cmp(wide, (int)i.Immediate);
        }
        else if (isTest) _c.test(wide, Wide[i.Source]);
        else _c.cmp(wide, Wide[i.Source]);
    }
}
