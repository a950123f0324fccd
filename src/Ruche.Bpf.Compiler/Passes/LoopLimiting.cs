// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// Where the kernel does not end loops by itself (may_goto), a loop that asks whether it may go on becomes a function that a helper calls for each round. Where
/// it cannot, it gets a count that goes down: the verifier sees its end, but walks through each round, so a larger body has fewer of them.
/// </summary>
internal static class LoopLimiting
{
    // The verifier gives up after a million instructions. Each choice in a round leaves a way behind that it may walk to the end, so that rounds with
    // choices cost it as their square.
    private const int Budget = 200_000;
    private const int RoundsWithChoices = 256;

    public static void Run(Module module, Function function, TargetProfile target)
    {
        if (target.HasMayGoto || !function.Blocks.Exists(b => b.Operations.Exists(o => o is MayContinue))) return;
        if (target.HasLoopHelper) Outline(module, function);
        Substitution substitution = new();
        var loops = Loop.Find(new(function));
        // Counting a loop may add a block before it.
        foreach (var block in function.Blocks.ToList())
        {
            foreach (var question in block.Operations.OfType<MayContinue>().ToList())
            {
                var loop = loops.Find(l => l.Body.Contains(block));
                substitution.Add(question, loop is null ? new Constant(IrType.Bool, 1) : Counted(function, block, question, loop));
                block.Operations.Remove(question);
            }
        }

        substitution.Apply(function);
    }

    private static void Outline(Module module, Function function)
    {
        HashSet<Block> kept = [];
        bool changed;
        do
        {
            ControlFlow flow = new(function);
            changed = false;
            foreach (var loop in Loop.Find(flow))
            {
                if (!Asks(loop) || !kept.Add(loop.Head)) continue;
                changed = LoopOutlining.TryRun(module, function, flow, loop);
                if (changed) break;
            }
        }
        while (changed);
    }

    private static bool Asks(Loop loop)
    {
        foreach (var block in loop.Body)
        {
            if (block.Operations.Exists(o => o is MayContinue)) return true;
        }

        return false;
    }

    /// <summary>How many rounds the verifier has the patience for.</summary>
    private static int RoundsOf(Loop loop)
    {
        var body = loop.Body.SelectMany(b => b.Operations).ToList();
        bool hasChoices = body.Exists(o => o is Select or Branch { Condition: not MayContinue });
        return Math.Max(1, Math.Min(Budget / body.Count, hasChoices ? RoundsWithChoices : int.MaxValue));
    }

    private static Compare Counted(Function function, Block block, MayContinue question, Loop loop)
    {
        int index = block.Operations.IndexOf(question);
        var left = AddCount(function, loop);
        Compare more = new(Comparison.NotEqual, left, new Constant(IrType.I64, 0)) { Source = question.Source, Name = question.Name };
        block.Operations.Insert(index, more);
        return more;
    }

    private static BlockParameter AddCount(Function function, Loop loop)
    {
        BlockParameter left = new(IrType.I64);
        int rounds = RoundsOf(loop);
        loop.Head.Parameters.Add(left);
        Binary less = new(BinaryOperator.Sub, left, new Constant(IrType.I64, 1));
        loop.Head.Operations.Insert(0, less);
        foreach (var block in function.Blocks)
        {
            var end = block.Terminator;
            for (int i = 0; i < end.Edges.Count; i++)
            {
                if (end.Edges[i].Target != loop.Head) continue;
                Value given = loop.Body.Contains(block) ? less : new Constant(IrType.I64, rounds);
                end.Redirect(i, new(loop.Head, [.. end.Edges[i].Arguments, given]));
            }
        }

        return left;
    }
}
