// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Analysis;

/// <summary>Blocks that lead back to one that all ways into them pass.</summary>
/// <param name="Head">Where every way in leads.</param>
/// <param name="Body">The blocks, the head among them.</param>
/// <param name="Ends">The blocks that jump back to the head.</param>
internal sealed record Loop(Block Head, HashSet<Block> Body, IReadOnlyList<Block> Ends)
{
    /// <summary>The loops of a function, inner ones before those around them.</summary>
    public static List<Loop> Find(ControlFlow flow)
    {
        List<Loop> loops = [];
        foreach (var head in flow.Order)
        {
            if (!flow.Predecessors(head).Exists(p => p.Number >= head.Number)) continue;
            Block[] ends = [.. flow.Predecessors(head).Where(p => flow.Dominates(head, p)).Distinct()];
            if (ends.Length == 0) continue;
            HashSet<Block> body = [head];
            Stack<Block> open = new(ends);
            while (open.TryPop(out var block))
            {
                if (!body.Add(block)) continue;
                foreach (var predecessor in flow.Predecessors(block)) open.Push(predecessor);
            }

            loops.Add(new(head, body, ends));
        }

        return loops.Count < 2 ? loops : [.. loops.OrderBy(l => l.Body.Count)];
    }
}
