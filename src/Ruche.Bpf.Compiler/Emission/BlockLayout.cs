// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Selection;

namespace Ruche.Bpf.Compiler.Emission;

/// <summary>
/// The order of blocks: each is followed by where it goes on, if that has no place yet, or by where it jumps while that stays in a loop that it leaves otherwise.
/// Empty ones are passed by.
/// </summary>
internal static class BlockLayout
{
    public static List<MachineBlock> Order(MachineFunction function, TargetProfile target)
    {
        foreach (var block in function.Blocks)
        {
            for (int i = 0; i < block.Successors.Count; i++) block.Successors[i] = PastEmpty(block.Successors[i]);
            if (block.Instructions is [.., { Target: { } there } jump]) jump.Target = PastEmpty(there);
        }

        List<MachineBlock> order = [];
        HashSet<MachineBlock> placed = [];
        Stack<MachineBlock> open = new([function.Blocks[0]]);
        while (open.TryPop(out var start))
        {
            for (var block = start; block is not null && placed.Add(block);)
            {
                order.Add(block);
                var next = Following(block, placed, target);
                foreach (var successor in block.Successors) open.Push(successor);
                block = next;
            }
        }

        return order;
    }

    private static MachineBlock? Following(MachineBlock block, HashSet<MachineBlock> placed, TargetProfile target)
    {
        if (block.Successors is [var jumped, var onward] && jumped.LoopDepth > onward.LoopDepth && !placed.Contains(jumped) && TurnedJump.Of(block.Instructions[^1].Code, target) is not null) return jumped;
        return block.Successors.Count > 0 ? block.Successors[^1] : null;
    }

    private static MachineBlock PastEmpty(MachineBlock block)
    {
        HashSet<MachineBlock> seen = [];
        while (block.Instructions.Count == 0 && block.Successors.Count == 1 && seen.Add(block)) block = block.Successors[0];
        return block;
    }
}
