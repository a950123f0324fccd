// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Analysis;

/// <summary>
/// The blocks of a function that can be reached, in reverse postorder, with who jumps to whom, who dominates whom, and how deep in loops they lie.
/// Blocks know their number in the order that was made last: an earlier one can be asked no more.
/// </summary>
internal sealed class ControlFlow
{
    private readonly List<Block>[] _predecessors;
    private int[]? _dominators;
    private int[]? _depths;

    public ControlFlow(Function function)
    {
        Order = ReversePostorder(function);
        _predecessors = new List<Block>[Order.Count];
        for (int i = 0; i < _predecessors.Length; i++) _predecessors[i] = new(2);
        foreach (var block in Order)
        {
            foreach (var edge in block.Terminator.Edges) _predecessors[edge.Target.Number].Add(block);
        }
    }

    /// <summary>The blocks that can be reached; each stands after its dominators.</summary>
    public List<Block> Order { get; }

    public bool IsReached(Block block) => block.Number < Order.Count && Order[block.Number] == block;

    /// <summary>Who jumps to a block; twice when both ways of a branch do.</summary>
    public List<Block> Predecessors(Block block) => _predecessors[block.Number];

    public bool Dominates(Block above, Block below)
    {
        int wanted = above.Number, number = below.Number;
        while (number > wanted) number = Dominators[number];
        return number == wanted;
    }

    /// <summary>In how many loops, one within the other, a block lies.</summary>
    public int LoopDepth(Block block) => (_depths ??= FindDepths())[block.Number];

    private int[] Dominators => _dominators ??= FindDominators();

    private static List<Block> ReversePostorder(Function function)
    {
        const int Unseen = int.MaxValue;
        foreach (var block in function.Blocks) block.Number = Unseen;
        List<Block> order = new(function.Blocks.Count);
        Stack<(Block Block, int Edge)> open = [];
        Enter(function.Entry);
        while (open.TryPop(out var top))
        {
            // The last edge first, so that in reverse the first one follows its block.
            var edges = top.Block.Terminator.Edges;
            int edge = edges.Count - 1 - top.Edge;
            if (edge < 0)
            {
                order.Add(top.Block);
                continue;
            }

            open.Push((top.Block, top.Edge + 1));
            if (edges[edge].Target is { Number: Unseen } target) Enter(target);
        }

        order.Reverse();
        for (int i = 0; i < order.Count; i++) order[i].Number = i;
        return order;

        void Enter(Block block)
        {
            block.Number = 0;
            open.Push((block, 0));
        }
    }

    private int[] FindDominators()
    {
        int[] nearest = new int[Order.Count];
        Array.Fill(nearest, -1);
        nearest[0] = 0;
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = 1; i < nearest.Length; i++)
            {
                int common = -1;
                foreach (var predecessor in _predecessors[i])
                {
                    int number = predecessor.Number;
                    if (nearest[number] >= 0) common = common < 0 ? number : Meet(nearest, common, number);
                }

                if (common == nearest[i]) continue;
                nearest[i] = common;
                changed = true;
            }
        }

        return nearest;
    }

    private static int Meet(int[] nearest, int one, int other)
    {
        while (one != other)
        {
            while (one > other) one = nearest[one];
            while (other > one) other = nearest[other];
        }

        return one;
    }

    private int[] FindDepths()
    {
        int[] depths = new int[Order.Count];
        foreach (var loop in Loop.Find(this))
        {
            foreach (var block in loop.Body) depths[block.Number]++;
        }

        return depths;
    }
}
