// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Analysis;

/// <summary>The blocks of a function that can be reached, in reverse postorder, with who jumps to whom, who dominates whom, and how deep in loops they lie.</summary>
internal sealed class ControlFlow
{
    private readonly Dictionary<Block, int> _numbers = [];
    private readonly List<Block>[] _predecessors;
    private readonly int[] _dominators;
    private readonly int[] _depths;

    public ControlFlow(Function function)
    {
        Order = ReversePostorder(function);
        for (int i = 0; i < Order.Count; i++) _numbers.Add(Order[i], i);
        _predecessors = [.. Order.Select(_ => new List<Block>())];
        foreach (var block in Order)
        {
            foreach (var edge in block.Terminator.Edges) _predecessors[_numbers[edge.Target]].Add(block);
        }

        _dominators = FindDominators();
        _depths = FindDepths();
    }

    /// <summary>The blocks that can be reached; each stands after its dominators.</summary>
    public IReadOnlyList<Block> Order { get; }

    public bool IsReached(Block block) => _numbers.ContainsKey(block);

    /// <summary>Who jumps to a block; twice when both ways of a branch do.</summary>
    public IReadOnlyList<Block> Predecessors(Block block) => _predecessors[_numbers[block]];

    /// <summary>The nearest block through which every way to this one leads.</summary>
    public Block? Dominator(Block block) => _numbers[block] == 0 ? null : Order[_dominators[_numbers[block]]];

    public bool Dominates(Block above, Block below)
    {
        int wanted = _numbers[above], number = _numbers[below];
        while (number > wanted) number = _dominators[number];
        return number == wanted;
    }

    /// <summary>In how many loops, one within the other, a block lies.</summary>
    public int LoopDepth(Block block) => _depths[_numbers[block]];

    private static List<Block> ReversePostorder(Function function)
    {
        List<Block> order = [];
        HashSet<Block> seen = [function.Entry];
        Stack<(Block Block, int Edge)> open = new([(function.Entry, 0)]);
        while (open.TryPop(out var top))
        {
            // The last edge first, so that in reverse the first one follows its block.
            int edge = top.Block.Terminator.Edges.Count - 1 - top.Edge;
            if (edge < 0)
            {
                order.Add(top.Block);
                continue;
            }

            open.Push((top.Block, top.Edge + 1));
            var target = top.Block.Terminator.Edges[edge].Target;
            if (seen.Add(target)) open.Push((target, 0));
        }

        order.Reverse();
        return order;
    }

    private int[] FindDominators()
    {
        int[] nearest = new int[Order.Count];
        Array.Fill(nearest, -1);
        nearest[0] = 0;
        for (bool changed = true; changed;)
        {
            changed = false;
            for (int i = 1; i < Order.Count; i++)
            {
                int common = -1;
                foreach (var predecessor in _predecessors[i])
                {
                    int number = _numbers[predecessor];
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

    // A loop is what reaches a back edge without passing its head.
    private int[] FindDepths()
    {
        int[] depths = new int[Order.Count];
        for (int head = 0; head < Order.Count; head++)
        {
            HashSet<Block> body = [];
            Stack<Block> open = new(_predecessors[head].Where(p => Dominates(Order[head], p)));
            if (open.Count == 0) continue;
            body.Add(Order[head]);
            while (open.TryPop(out var block))
            {
                if (!body.Add(block)) continue;
                foreach (var predecessor in Predecessors(block)) open.Push(predecessor);
            }

            foreach (var block in body) depths[_numbers[block]]++;
        }

        return depths;
    }
}
