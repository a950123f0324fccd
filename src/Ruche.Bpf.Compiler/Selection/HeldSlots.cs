// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Selection;

/// <summary>
/// Slots whose address a register holds. Making it takes two instructions, handing on what a register holds takes one: from the third use on, that is
/// shorter. When registers run out, it is made anew after all.
/// </summary>
internal static class HeldSlots
{
    private const int FewestUses = 3;

    public static List<StackSlot> Find(List<Block> blocks)
    {
        Dictionary<Value, int> uses = new(ReferenceEqualityComparer.Instance);
        foreach (var block in blocks)
        {
            foreach (var operation in block.Operations)
            {
                if (operation is StackSlot) uses.Add(operation, 0);
            }
        }

        if (uses.Count == 0) return [];
        foreach (var block in blocks)
        {
            foreach (var operation in block.Operations) Count(operation, uses);
        }

        List<StackSlot> held = [];
        foreach (var (slot, count) in uses)
        {
            if (count >= FewestUses) held.Add((StackSlot)slot);
        }

        return held;
    }

    // What is read or written in the slot itself has its place in the instruction.
    private static void Count(Operation operation, Dictionary<Value, int> uses)
    {
        bool isPlace = operation is Load or Store or Atomic;
        foreach (var value in operation.Used)
        {
            if (!isPlace && value is StackSlot) uses[value]++;
            isPlace = false;
        }
    }
}
