// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Selection;

namespace Ruche.Bpf.Compiler.Allocation;

/// <summary>Which registers are read later, at the end of each block.</summary>
internal sealed class Liveness
{
    private readonly Dictionary<MachineBlock, HashSet<int>> _in = [];

    public Liveness(MachineFunction function)
    {
        foreach (var block in function.Blocks) _in.Add(block, []);
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = function.Blocks.Count - 1; i >= 0; i--)
            {
                var block = function.Blocks[i];
                var live = AtEnd(block);
                for (int k = block.Instructions.Count - 1; k >= 0; k--) Step(live, block.Instructions[k]);
                if (live.Count == _in[block].Count) continue;
                _in[block] = live;
                changed = true;
            }
        }
    }

    /// <summary>What is read after a block; the caller's to change.</summary>
    public HashSet<int> AtEnd(MachineBlock block)
    {
        HashSet<int> live = [];
        foreach (var successor in block.Successors) live.UnionWith(_in[successor]);
        return live;
    }

    /// <summary>From what is live after an instruction to what is live before it.</summary>
    public static void Step(HashSet<int> live, MachineInstruction instruction)
    {
        live.ExceptWith(instruction.Writes);
        live.UnionWith(instruction.Reads);
    }
}
