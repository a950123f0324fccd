// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Register;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Registers;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <content>Jumps. Those that go back take what they repeat from the budget.</content>
internal sealed partial class Arm64Compiler
{
    private bool Jump(int slot, DecodedInstruction i)
    {
        if (!CodeLayout.IsJump(i.Operation)) return false;
        int target = _slots + i.Target;
        if (i.Target <= slot) Spend(slot, slot + 1 - i.Target);
        if (i.Operation is Operation.Goto or Operation.GotoLong)
        {
            if (i.Target != slot + 1) _a.Jump(target);
        }
        else if (i.Operation is Operation.MayGoto)
        {
            Load(X9, RunState.LoopsLeftOffset, sizeof(int));
            _a.JumpIfZero(false, X9, target);
            _a.Alu(Arm64Alu.Sub, false, X9, X9, 1);
            Store(RunState.LoopsLeftOffset, X9, sizeof(int));
        }
        else JumpConditionally(i, target);

        return true;
    }

    private void JumpConditionally(DecodedInstruction i, int target)
    {
        bool wide = !ConditionalJumps.IsNarrow(i.Operation);
        bool isConstant = !ConditionalJumps.HasRegister(i.Operation);
        var left = Host(i.Destination);
        var condition = Arm64Conditions.Of(i.Operation);
        bool isTest = ConditionalJumps.IsTest(i.Operation);
        if (isConstant && !isTest && i.Immediate == 0 && condition is Arm64Condition.Equal) _a.JumpIfZero(wide, left, target);
        else if (isConstant && !isTest && i.Immediate == 0 && condition is Arm64Condition.NotEqual) _a.JumpIfNotZero(wide, left, target);
        else
        {
            if (isTest && isConstant) Combine(Arm64Logic.AndFlags, wide, Zero, left, i.Immediate);
            else if (isTest) _a.Logic(Arm64Logic.AndFlags, wide, Zero, left, Host(i.Source));
            else if (isConstant) CompareWithConstant(wide, left, i.Immediate);
            else _a.Alu(Arm64Alu.SubFlags, wide, Zero, left, Host(i.Source));
            _a.Jump(condition, target);
        }
    }

    // Adding the opposite gives the same flags.
    private void CompareWithConstant(bool wide, Arm64Register left, long constant)
    {
        if (Arm64Emitter.HasRoomFor(constant)) _a.Alu(Arm64Alu.SubFlags, wide, Zero, left, (int)constant);
        else if (Arm64Emitter.HasRoomFor(-constant)) _a.Alu(Arm64Alu.AddFlags, wide, Zero, left, (int)-constant);
        else _a.Alu(Arm64Alu.SubFlags, wide, Zero, left, Constant(constant, wide));
    }

    private void Spend(int slot, int instructions)
    {
        if (_isTrusted) return;
        if (Arm64Emitter.HasRoomFor(instructions)) _a.Alu(Arm64Alu.SubFlags, true, Budget, Budget, instructions);
        else _a.Alu(Arm64Alu.SubFlags, true, Budget, Budget, Constant(instructions, wide: true));
        _a.Jump(Arm64Condition.Below, AddDetour(DetourKind.Spent, slot));
    }
}
