// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Prototypes;

namespace Ruche.Bpf.Verifier.Flow;

/// <summary>Which registers hold something that is used later, for each slot: the usual backward flow, within each function.</summary>
internal static class LiveRegisters
{
    private const ushort Arguments = 0b11_1110;
    private const ushort Clobbered = 0b11_1111;

    /// <summary>Bits of the registers that are live before each slot.</summary>
    public static ushort[] Of(ProgramFlow flow, VerifierProgram program)
    {
        var code = program.Instructions.AsSpan();
        var live = new ushort[code.Length];
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int slot = code.Length - 1; slot >= 0; slot--)
            {
                if (!flow.Reachable[slot]) continue;
                var (first, second) = flow.Successors(slot);
                int after = (first >= 0 && first < code.Length ? live[first] : 0) | (second >= 0 && second < code.Length ? live[second] : 0);
                foreach (int target in flow.Scattered(slot)) after |= target < code.Length ? live[target] : 0;
                var (uses, defines) = Effect(code[slot], slot, program);
                ushort before = (ushort)(uses | (after & ~defines));
                if (before == live[slot]) continue;
                live[slot] = before;
                changed = true;
            }
        }

        return live;
    }

    private static (ushort Uses, ushort Defines) Effect(Instruction x, int slot, VerifierProgram program)
    {
        ushort source = Bit(x.Source), destination = Bit(x.Destination);
        switch (x.Class)
        {
            case InstructionClass.Load when x.IsWide:
                return (0, destination);
            case InstructionClass.Load: // LD_ABS, LD_IND: the packet is in R6
                return ((ushort)(Bit(Register.R6) | (x.Mode is MemoryMode.Indirect ? source : 0)), Clobbered);
            case InstructionClass.LoadX:
                return (source, destination);
            case InstructionClass.Store:
                return (destination, 0);
            case InstructionClass.StoreX when x.IsAtomic:
                return AtomicEffect(x, source, destination);
            case InstructionClass.StoreX:
                return ((ushort)(source | destination), 0);
            case InstructionClass.Alu32 or InstructionClass.Alu64:
                bool isMove = x.AluOperation is AluOperation.Mov;
                bool usesSource = x.UsesRegister && x.AluOperation is not (AluOperation.Neg or AluOperation.End);
                return ((ushort)((usesSource ? source : 0) | (isMove ? 0 : destination)), destination);
            default:
                return JumpEffect(x, slot, program, source, destination);
        }
    }

    private static (ushort Uses, ushort Defines) AtomicEffect(Instruction x, ushort source, ushort destination) => x.AtomicOperation switch
    {
        AtomicOperation.LoadAcquire => (source, destination),
        AtomicOperation.StoreRelease => ((ushort)(source | destination), 0),
        AtomicOperation.CompareExchange => ((ushort)(source | destination | Bit(Register.R0)), Bit(Register.R0)),
        var operation => ((ushort)(source | destination), ((int)operation & 1) != 0 ? source : (ushort)0),
    };

    private static (ushort Uses, ushort Defines) JumpEffect(Instruction x, int slot, VerifierProgram program, ushort source, ushort destination)
    {
        if (x.IsExit) return (Bit(Register.R0), 0);
        if (x.Opcode is Opcodes.CallRegister) return ((ushort)(Arguments | destination), Clobbered);
        if (x.Opcode is Opcodes.GotoRegister) return (destination, 0);
        if (x.IsCall) return (UsedBy(x, slot, program), Clobbered);
        if (x.Opcode is Opcodes.Goto or Opcodes.GotoLong or Opcodes.MayGoto) return (0, 0);
        return ((ushort)(destination | (x.UsesRegister ? source : 0)), 0);
    }

    private static ushort UsedBy(Instruction x, int slot, VerifierProgram program)
    {
        if (!x.IsHelperCall || HelperPrototypes.Find((HelperId)x.Immediate) is not { } prototype) return Arguments;
        return (ushort)(((1 << prototype.Arguments.Length) - 1) << 1);
    }

    private static ushort Bit(Register register) => (ushort)(1 << (int)register);
}
