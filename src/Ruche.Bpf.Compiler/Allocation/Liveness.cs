// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Selection;

namespace Ruche.Bpf.Compiler.Allocation;

/// <summary>Which registers, or slots, are read later, at the end of each block.</summary>
internal sealed class Liveness
{
    private readonly Dictionary<MachineBlock, NumberSet> _in = [];
    private readonly int _bound;

    /// <summary>Finds them.</summary>
    /// <param name="function">The function.</param>
    /// <param name="bound">One more than the highest number of what may live.</param>
    /// <param name="step">From what is live after an instruction to what is live before it.</param>
    public Liveness(MachineFunction function, int bound, Action<NumberSet, MachineInstruction> step)
    {
        _bound = bound;
        foreach (var block in function.Blocks) _in.Add(block, new(bound));
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = function.Blocks.Count - 1; i >= 0; i--)
            {
                var block = function.Blocks[i];
                var live = AtEnd(block);
                for (int k = block.Instructions.Count - 1; k >= 0; k--) step(live, block.Instructions[k]);
                if (live.Count == _in[block].Count) continue;
                _in[block] = live;
                changed = true;
            }
        }
    }

    /// <summary>What is read after a block; the caller's to change.</summary>
    public NumberSet AtEnd(MachineBlock block)
    {
        NumberSet live = new(_bound);
        foreach (var successor in block.Successors) live.UnionWith(_in[successor]);
        return live;
    }
}
