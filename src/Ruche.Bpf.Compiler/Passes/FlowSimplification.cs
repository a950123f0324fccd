// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>Decided branches become jumps, what cannot be reached goes, blocks that only follow one another become one, and empty ones are passed by.</summary>
internal static class FlowSimplification
{
    public static void Run(Function function)
    {
        bool changed;
        do
        {
            changed = Decide(function);
            ControlFlow flow = new(function);
            changed |= function.Blocks.RemoveAll(b => !flow.IsReached(b)) > 0;
            changed |= PassParameters(function, flow);
            if (SkipEmpty(function)) (changed, flow) = (true, new(function));
            changed |= Merge(function, flow);
        }
        while (changed);
    }

    private static bool Decide(Function function)
    {
        bool changed = false;
        foreach (var block in function.Blocks)
        {
            if (block.Terminator is not Branch branch) continue;
            var way = branch.Condition is Constant constant ? (constant.Number != 0 ? branch.Then : branch.Otherwise)
                : branch.Then.Target == branch.Otherwise.Target && branch.Then.Arguments.SequenceEqual(branch.Otherwise.Arguments) ? branch.Then
                : null;
            if (way is null) continue;
            block.Operations[^1] = new Jump(way) { Source = branch.Source };
            changed = true;
        }

        return changed;
    }

    // A parameter that every edge gives the same value is that value.
    private static bool PassParameters(Function function, ControlFlow flow)
    {
        Substitution substitution = new();
        foreach (var block in function.Blocks)
        {
            if (block == function.Entry) continue;
            for (int i = block.Parameters.Count - 1; i >= 0; i--)
            {
                if (OnlyGiven(flow, block, i, substitution) is not { } only) continue;
                substitution.Add(block.Parameters[i], only);
                Drop(flow, block, i);
            }
        }

        substitution.Apply(function);
        return !substitution.IsEmpty;
    }

    private static Value? OnlyGiven(ControlFlow flow, Block block, int parameter, Substitution substitution)
    {
        Value? only = null;
        foreach (var from in flow.Predecessors(block))
        {
            foreach (var edge in from.Terminator.Edges)
            {
                if (edge.Target != block) continue;
                var given = substitution[edge.Arguments[parameter]];
                if (given == block.Parameters[parameter] || Same(given, only)) continue;
                if (only is not null) return null;
                only = given;
            }
        }

        return only;
    }

    private static bool Same(Value value, Value? other) =>
        value == other || (value is Constant one && other is Constant two && one.Type == two.Type && one.Number == two.Number);

    private static void Drop(ControlFlow flow, Block block, int parameter)
    {
        block.Parameters.RemoveAt(parameter);
        foreach (var from in flow.Predecessors(block))
        {
            var end = from.Terminator;
            for (int i = 0; i < end.Edges.Count; i++)
            {
                if (end.Edges[i].Target == block && end.Edges[i].Arguments.Count > block.Parameters.Count) end.Redirect(i, new(block, [.. end.Edges[i].Arguments.Where((_, a) => a != parameter)]));
            }
        }
    }

    // An edge into a block that only jumps on goes where that jumps, when what it gives is known before.
    private static bool SkipEmpty(Function function)
    {
        bool changed = false;
        foreach (var block in function.Blocks)
        {
            var end = block.Terminator;
            for (int i = 0; i < end.Edges.Count; i++)
            {
                var edge = end.Edges[i];
                if (edge.Target.Operations is not [Jump onward] || onward.To.Target == edge.Target || IsUsedElsewhere(function, edge.Target)) continue;
                var given = onward.To.Arguments.Select(a => edge.Target.Parameters.IndexOf((a as BlockParameter)!) is >= 0 and var index ? edge.Arguments[index] : a);
                end.Redirect(i, new(onward.To.Target, [.. given]));
                changed = true;
            }
        }

        return changed;
    }

    // Its parameters may be used beyond its own jump, where it dominates.
    private static bool IsUsedElsewhere(Function function, Block block)
    {
        if (block.Parameters.Count == 0) return false;
        HashSet<Value> parameters = new(block.Parameters, ReferenceEqualityComparer.Instance);
        return function.Blocks.Where(b => b != block).SelectMany(b => b.Operations)
            .Any(o => o.Used.Any(parameters.Contains));
    }

    private static bool Merge(Function function, ControlFlow flow)
    {
        Substitution substitution = new();
        HashSet<Block> gone = [];
        foreach (var block in flow.Order)
        {
            if (gone.Contains(block)) continue;
            while (block.Terminator is Jump { To: var edge } && edge.Target != function.Entry && edge.Target != block && flow.Predecessors(edge.Target).Count == 1)
            {
                for (int i = 0; i < edge.Arguments.Count; i++) substitution.Add(edge.Target.Parameters[i], edge.Arguments[i]);
                block.Operations.RemoveAt(block.Operations.Count - 1);
                block.Operations.AddRange(edge.Target.Operations);
                gone.Add(edge.Target);
            }
        }

        function.Blocks.RemoveAll(gone.Contains);
        substitution.Apply(function);
        return gone.Count > 0;
    }
}
