// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// A loop that asks at its head whether to go on asks at its end instead, and once before it: a round has one jump less, and what is known of the first
/// round decides the question before.
/// </summary>
internal sealed class LoopRotation
{
    private const int MostCopied = 6;

    private readonly Function _function;
    private readonly ControlFlow _flow;
    private readonly Loop _loop;
    private readonly Branch _branch;
    private readonly Block _inside;
    private readonly Block _outside;

    private LoopRotation(Function function, ControlFlow flow, Loop loop, Branch branch)
    {
        (_function, _flow, _loop, _branch) = (function, flow, loop, branch);
        bool goesOn = loop.Body.Contains(branch.Then.Target);
        (_inside, _outside) = goesOn ? (branch.Then.Target, branch.Otherwise.Target) : (branch.Otherwise.Target, branch.Then.Target);
    }

    public static void Run(Function function)
    {
        HashSet<Block> seen = [];
        while (Next(function, seen) is { } rotation)
        {
            rotation.Rotate();
            seen.Add(rotation._inside);
        }
    }

    private static LoopRotation? Next(Function function, HashSet<Block> seen)
    {
        ControlFlow flow = new(function);
        foreach (var loop in Loop.Find(flow))
        {
            if (!seen.Add(loop.Head) || loop.Head.Terminator is not Branch branch) continue;
            LoopRotation rotation = new(function, flow, loop, branch);
            if (rotation.CanRotate()) return rotation;
        }

        return null;
    }

    private bool CanRotate() =>
        _loop.Body.Contains(_inside) && !_loop.Body.Contains(_outside) && _inside != _loop.Head && _flow.Predecessors(_inside).Count == 1
        && _loop.Ends.All(e => e.Terminator is Jump) && _loop.Head.Operations.Count <= MostCopied + 1
        && _loop.Head.Body.All(o => o is not StackSlot && !o.HasEffects) && _function.Blocks.All(UsesAreReached);

    // Behind both ways out of the head, neither one's value stands for the head's.
    private bool UsesAreReached(Block block)
    {
        if (block == _loop.Head || !_flow.IsReached(block) || _flow.Dominates(_inside, block) || IsBehindExit(block)) return true;
        var given = HeadValues();
        return !block.Operations.Any(o => o.Used.Any(given.Contains));
    }

    private bool IsBehindExit(Block block) => _flow.Predecessors(_outside).Count == 1 && _flow.Dominates(_outside, block);

    private HashSet<Value> HeadValues() => new(_loop.Head.Parameters.Concat<Value>(_loop.Head.Body), ReferenceEqualityComparer.Instance);

    private void Rotate()
    {
        var head = _loop.Head;
        List<Block> entries = [.. _function.Blocks.Where(b => !_loop.Body.Contains(b) && b.Terminator.Edges.Any(e => e.Target == head))];
        List<Block> within = [.. _flow.Order.Where(b => _flow.Dominates(_inside, b))], behind = [.. _flow.Order.Where(IsBehindExit)];
        Copying copying = new();
        var first = copying.Copy([head], name => $"{name}.first")[0];
        foreach (var entry in entries)
        {
            for (int i = 0; i < entry.Terminator.Edges.Count; i++)
            {
                var edge = entry.Terminator.Edges[i];
                if (edge.Target == head) entry.Terminator.Redirect(i, new(first, edge.Arguments));
            }
        }

        _function.Blocks.Insert(_function.Blocks.IndexOf(head), first);
        Hand(_inside, within, first, copying);
        if (behind.Count > 0) Hand(_outside, behind, first, copying);
    }

    /// <summary>A block is given the head's values that are used from there on: by the head, and by its copy.</summary>
    private void Hand(Block to, List<Block> users, Block first, Copying copying)
    {
        var given = HeadValues();
        var used = users.SelectMany(b => b.Operations).SelectMany(o => o.Used).Where(given.Contains).Distinct<Value>(ReferenceEqualityComparer.Instance).ToList();
        Substitution substitution = new();
        foreach (var value in used)
        {
            BlockParameter parameter = new(value.Type) { Name = value.Name };
            to.Parameters.Add(parameter);
            substitution.Add(value, parameter);
        }

        foreach (var operation in users.SelectMany(b => b.Operations)) substitution.Apply(operation);
        Give(_branch, to, used);
        Give(first.Terminator, to, [.. used.Select(v => copying[v])]);
    }

    private static void Give(Terminator end, Block to, List<Value> values)
    {
        for (int i = 0; i < end.Edges.Count; i++)
        {
            if (end.Edges[i].Target == to) end.Redirect(i, new(to, [.. end.Edges[i].Arguments, .. values]));
        }
    }
}
