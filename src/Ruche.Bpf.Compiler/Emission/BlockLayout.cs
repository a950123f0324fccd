// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Selection;

namespace Ruche.Bpf.Compiler.Emission;

/// <summary>The order of blocks: each is followed by where it goes on, if that has no place yet. Empty ones are passed by.</summary>
internal static class BlockLayout
{
    public static List<MachineBlock> Order(MachineFunction function)
    {
        foreach (var block in function.Blocks)
        {
            for (int i = 0; i < block.Successors.Count; i++) block.Successors[i] = PastEmpty(block.Successors[i]);
            if (block.Instructions is [.., { Target: { } target } jump]) jump.Target = PastEmpty(target);
        }

        List<MachineBlock> order = [];
        HashSet<MachineBlock> placed = [];
        Stack<MachineBlock> open = new([function.Blocks[0]]);
        while (open.TryPop(out var start))
        {
            for (var block = start; block is not null && placed.Add(block); block = block.Successors.Count > 0 ? block.Successors[^1] : null)
            {
                order.Add(block);
                foreach (var successor in block.Successors.SkipLast(1)) open.Push(successor);
            }
        }

        return order;
    }

    private static MachineBlock PastEmpty(MachineBlock block)
    {
        HashSet<MachineBlock> seen = [];
        while (block.Instructions.Count == 0 && block.Successors.Count == 1 && seen.Add(block)) block = block.Successors[0];
        return block;
    }
}
