// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// Who comes to a block that only decides, and gives what decides it, goes where it leads at once. What the block was given is used behind it still: it is put
/// into slots by all who come, and the slots become values again.
/// </summary>
internal sealed class JumpThreading
{
    private readonly Function _function;
    private readonly List<StackSlot> _slots = [];
    private readonly Dictionary<Value, StackSlot> _kept = new(ReferenceEqualityComparer.Instance);

    private bool _changed;

    private JumpThreading(Function function) => _function = function;

    public static void Run(Function function)
    {
        JumpThreading threading = new(function);
        ControlFlow flow = new(function);
        foreach (var block in flow.Order)
        {
            if (block != function.Entry && Decides(block) && !IsLoopHead(flow, block)) threading.Thread(flow, block);
        }

        if (threading._slots.Count == 0 && !threading._changed) return;
        threading.ReadSlots();
        SlotPromotion.Run(function);
        FlowSimplification.Run(function);
    }

    // A comparison of what it is given may stand before the branch, when nobody else needs it.
    private static bool Decides(Block block) => block.Terminator is Branch branch && block.Parameters.Count > 0 && block.Operations.Count switch
    {
        1 => block.Parameters.Contains((branch.Condition as BlockParameter)!),
        2 => block.Operations[0] is Compare compare && branch.Condition == compare && compare.Right is Constant && block.Parameters.Contains((compare.Left as BlockParameter)!),
        _ => false,
    };

    private static bool IsLoopHead(ControlFlow flow, Block block) => flow.Predecessors(block).Any(p => flow.Dominates(block, p));

    private void Thread(ControlFlow flow, Block block)
    {
        var predecessors = flow.Predecessors(block).Distinct().ToList();
        if (!predecessors.Exists(p => p.Terminator.Edges.Any(e => e.Target == block && WayOf(p, e, block) is not null))) return;
        if (block.Operations is [Compare compare, _] && IsUsedBehind(block, compare)) return;
        foreach (var both in predecessors.Where(p => p.Terminator.Edges.Count(e => e.Target == block) > 1).ToList()) Split(both, block, predecessors);
        foreach (var parameter in block.Parameters.ToList())
        {
            if (IsUsedBehind(block, parameter)) Keep(block, parameter, predecessors);
        }

        foreach (var predecessor in predecessors)
        {
            var edge = EdgeInto(predecessor, block);
            if (WayOf(predecessor, edge, block) is not { } way) continue;
            var end = predecessor.Terminator;
            for (int i = 0; i < end.Edges.Count; i++)
            {
                if (end.Edges[i] == edge) end.Redirect(i, new(way.Target, [.. way.Arguments.Select(a => Given(edge, block, a))]));
            }
        }

        _changed = true;
    }

    // Each of two ways out of one block into another gets a block of its own.
    private void Split(Block from, Block block, List<Block> predecessors)
    {
        predecessors.Remove(from);
        var end = from.Terminator;
        for (int i = 0; i < end.Edges.Count; i++)
        {
            Block between = new($"{from.Name}.way{i}");
            between.Add(new Jump(end.Edges[i])).Source = end.Source;
            end.Redirect(i, new(between));
            _function.Blocks.Insert(_function.Blocks.IndexOf(from) + 1, between);
            predecessors.Add(between);
        }
    }

    private static Edge EdgeInto(Block from, Block block) => from.Terminator.Edges.First(e => e.Target == block);

    private static Value Given(Edge edge, Block block, Value value) => block.Parameters.IndexOf((value as BlockParameter)!) is >= 0 and var index ? edge.Arguments[index] : value;

    // Where an edge that decides the block leads.
    private static Edge? WayOf(Block from, Edge edge, Block block)
    {
        var branch = (Branch)block.Terminator;
        if (branch.Condition is not Compare compare) return Given(edge, block, branch.Condition) is Constant known ? Way(known.Number != 0) : null;
        Compare asked = new(compare.Relation, Given(edge, block, compare.Left), compare.Right);
        if (FoldRules.Simplify(asked) is Constant constant) return Way(constant.Number != 0);
        return Answer(from, edge, asked) is { } holds ? Way(holds) : null;

        Edge Way(bool isTrue) => isTrue ? branch.Then : branch.Otherwise;
    }

    // Who asks the same of the same value and comes by one of its two ways knows the answer.
    private static bool? Answer(Block from, Edge edge, Compare asked)
    {
        if (from.Terminator is not Branch { Condition: Compare { Relation: not Comparison.Intersects, Right: Constant before } compare } branch) return null;
        var after = (Constant)asked.Right;
        if (compare.Left != asked.Left || before.Type != after.Type || before.Number != after.Number) return null;
        bool holds = edge == branch.Then;
        return asked.Relation == compare.Relation ? holds : asked.Relation == FoldRules.Opposite(compare.Relation) ? !holds : null;
    }

    private bool IsUsedBehind(Block block, Value value)
    {
        foreach (var other in _function.Blocks)
        {
            if (other == block) continue;
            foreach (var operation in other.Operations)
            {
                if (operation.Used.Contains(value)) return true;
            }
        }

        return false;
    }

    private void Keep(Block block, BlockParameter parameter, List<Block> predecessors)
    {
        int bytes = parameter.Type.Bytes;
        StackSlot slot = new(bytes, bytes) { Name = parameter.Name };
        _slots.Add(slot);
        _kept.Add(parameter, slot);
        int index = block.Parameters.IndexOf(parameter);
        foreach (var predecessor in predecessors)
        {
            Store store = new(slot, 0, EdgeInto(predecessor, block).Arguments[index]) { Source = predecessor.Terminator.Source };
            predecessor.Operations.Insert(predecessor.Operations.Count - 1, store);
        }
    }

    // Behind its block, a parameter is what its slot holds.
    private void ReadSlots()
    {
        _function.Entry.Operations.InsertRange(0, _slots);
        foreach (var block in _function.Blocks)
        {
            Dictionary<Value, Load> read = new(ReferenceEqualityComparer.Instance);
            for (int i = 0; i < block.Operations.Count; i++)
            {
                foreach (var value in block.Operations[i].Used.Distinct().ToList())
                {
                    if (!_kept.TryGetValue(value, out var slot) || block.Parameters.Contains((value as BlockParameter)!)) continue;
                    if (!read.TryGetValue(value, out var load))
                    {
                        read.Add(value, load = new(value.Type, slot));
                        block.Operations.Insert(i++, load);
                    }

                    Substitution substitution = new();
                    substitution.Add(value, load);
                    substitution.Apply(block.Operations[i]);
                }
            }
        }
    }
}
