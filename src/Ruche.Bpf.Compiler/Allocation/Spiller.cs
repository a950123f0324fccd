// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Selection;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Compiler.Allocation;

/// <summary>Takes registers out of the race: what they hold lies in a slot between uses, or is made again at each, when it is made of nothing.</summary>
internal static class Spiller
{
    public static void Spill(MachineFunction function, HashSet<int> registers)
    {
        var writers = function.Blocks.SelectMany(b => b.Instructions).Where(i => i.Writes.Any(registers)).ToList();
        var repeated = writers is [{ CanRepeat: true } only] ? only : null;
        StackSlot slot = new(8, 8);
        if (repeated is null) function.Slots.Add(slot);
        foreach (var block in function.Blocks)
        {
            for (int i = 0; i < block.Instructions.Count; i++)
            {
                if (block.Instructions[i] == repeated) block.Instructions.RemoveAt(i--);
                else if (Touches(block.Instructions[i], registers)) i = Spill(function, block, i, registers, slot, repeated);
            }
        }
    }

    // Instructions that follow one another share the register: it is fetched before the first of them and kept after the last.
    private static int Spill(MachineFunction function, MachineBlock block, int first, HashSet<int> registers, StackSlot slot, MachineInstruction? repeated)
    {
        int register = function.NewRegister(), last = first;
        function.Unspillable.Add(register);
        while (last + 1 < block.Instructions.Count && block.Instructions[last + 1] is { Target: null } next && Touches(next, registers)) last++;
        var head = block.Instructions[first];
        bool fetches = head.Reads.Any(registers), keeps = false;
        for (int i = first; i <= last; i++)
        {
            var instruction = block.Instructions[i];
            keeps |= instruction.Writes.Any(registers);
            if (registers.Contains(instruction.Destination)) instruction.Destination = register;
            if (registers.Contains(instruction.Source)) instruction.Source = register;
        }

        if (keeps) block.Instructions.Insert(last + 1, Keep(register, slot, block.Instructions[last]));
        if (fetches) block.Instructions.Insert(first, repeated?.Repeated(register) ?? Fetch(register, slot, head));
        return last + (keeps ? 1 : 0) + (fetches ? 1 : 0);
    }

    private static bool Touches(MachineInstruction instruction, HashSet<int> registers) =>
        registers.Contains(instruction.Destination) || registers.Contains(instruction.Source);

    private static MachineInstruction Fetch(int register, StackSlot slot, MachineInstruction user) => new()
    {
        Code = Insn.Load(MemoryWidth.Double, default, default, 0),
        Destination = register,
        Source = MachineFunction.Frame,
        WritesDestination = true,
        Slot = slot,
        Line = user.Line,
    };

    private static MachineInstruction Keep(int register, StackSlot slot, MachineInstruction writer) => new()
    {
        Code = Insn.Store(MemoryWidth.Double, default, 0, default(Register)),
        Destination = MachineFunction.Frame,
        Source = register,
        ReadsDestination = true,
        Slot = slot,
        Line = writer.Line,
    };
}
