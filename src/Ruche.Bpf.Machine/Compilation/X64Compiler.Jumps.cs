// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;
using static Ruche.Bpf.Machine.Compilation.X64Registers;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>Jumps. Those that go back take what they repeat from the budget.</content>
internal sealed partial class X64Compiler
{
    private bool Jump(int slot, in DecodedInstruction i)
    {
        if (i.Operation is Operation.Goto or Operation.GotoLong)
        {
            SettleAll(_flow.LiveAfter(slot));
            if (i.Target <= slot) Spend(slot, slot + 1 - i.Target);
            if (i.Target != slot + 1) _x.Jump(_slots + i.Target);
            return true;
        }

        if (i.Operation is Operation.MayGoto)
        {
            SettleAll(_flow.LiveAfter(slot));
            if (i.Target <= slot) Spend(slot, slot + 1 - i.Target);
            _x.Alu(X64Alu.Compare, false, X64Operand.At(State, RunState.LoopsLeftOffset), 0);
            _x.Jump(X64Condition.Equal, _slots + i.Target);
            _x.Decrement(X64Operand.At(State, RunState.LoopsLeftOffset));
            return true;
        }

        if (!ConditionalJumps.IsConditional(i.Operation)) return false;
        SettleFor(slot, i);
        int behind = slot + 1;
        var condition = X64Conditions.Of(i.Operation);
        // A jump over a jump is the opposite jump.
        bool isOverJump = i.Target == behind + 1 && i.Target < _code.Length && !_layout.IsTarget(behind)
            && _code[behind].Operation is Operation.Goto or Operation.GotoLong;
        int target = isOverJump ? _code[behind].Target : i.Target;
        if (target <= slot) Spend(slot, slot + 1 - target);
        Compare(i);
        _deferred = 0;
        _x.Jump(isOverJump ? condition.Opposite() : condition, _slots + target);
        if (isOverJump) _skipped = 1;
        return true;
    }

    // What is wanted behind the jump or at its target; what is compared may still be elsewhere.
    private void SettleFor(int slot, in DecodedInstruction i)
    {
        int operands = (1 << i.Destination) | (ConditionalJumps.HasRegister(i.Operation) ? 1 << i.Source : 0);
        int wanted = _flow.LiveAfter(slot);
        DropUnwanted(wanted | operands);
        for (int register = 0; _deferred >> register != 0; register++)
            if (IsDeferred(register) && (wanted & (1 << register)) != 0) Settle(register);
    }

    private void Spend(int slot, int instructions)
    {
        if (_isTrusted) return;
        _x.Alu(X64Alu.Sub, true, Budget, instructions);
        _x.Jump(X64Condition.Below, AddDetour(DetourKind.Spent, slot));
    }

    private void Compare(in DecodedInstruction i)
    {
        bool wide = !ConditionalJumps.IsNarrow(i.Operation);
        bool isTest = ConditionalJumps.IsTest(i.Operation);
        var left = HostOf(i.Destination, wide);
        if (ConditionalJumps.HasRegister(i.Operation))
        {
            var right = HostOf(i.Source, wide);
            left = HostOf(i.Destination, wide);
            if (isTest) _x.Test(wide, left, right);
            else _x.Alu(X64Alu.Compare, wide, left, right);
        }
        else if (isTest) _x.Test(wide, left, (int)i.Immediate);
        else if (i.Immediate == 0) _x.Test(wide, left, left);
        else _x.Alu(X64Alu.Compare, wide, left, (int)i.Immediate);
    }
}
