// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// A loop of one block whose rounds can be counted, and that are few and small, becomes its rounds one after another. The last round is the block itself,
/// so that what is used behind the loop stays what it was.
/// </summary>
internal static class LoopUnrolling
{
    private const int MostRounds = 16;
    private const int MostOperations = 32;

    public static void Run(Function function)
    {
        foreach (var block in function.Blocks.ToList())
        {
            ControlFlow flow = new(function);
            if (!flow.IsReached(block) || block.Terminator is not Branch branch || branch.Edges.Count(e => e.Target == block) != 1) continue;
            Block[] entries = [.. flow.Predecessors(block).Where(p => p != block)];
            if (entries is not [var entry] || block.Body.Any(o => o is StackSlot or MayContinue)) continue;
            var back = branch.Then.Target == block ? branch.Then : branch.Otherwise;
            int rounds = Rounds(block, branch, back, entry.Terminator.Edges.Single(e => e.Target == block));
            if (rounds > 0 && (rounds - 1) * (block.Operations.Count - 1) <= MostOperations) Unroll(function, block, branch, back, entry, rounds);
        }
    }

    /// <summary>How often the block runs, 0 when that is not known or too often.</summary>
    private static int Rounds(Block block, Branch branch, Edge back, Edge into)
    {
        Dictionary<Value, Constant> known = new(ReferenceEqualityComparer.Instance);
        var given = into.Arguments;
        for (int round = 1; round <= MostRounds; round++)
        {
            Constant?[] values = [.. given.Select(Known)];
            known.Clear();
            for (int i = 0; i < values.Length; i++)
            {
                if (values[i] is { } value) known[block.Parameters[i]] = value;
            }

            foreach (var operation in block.Body)
            {
                if (Computed(operation) is { } constant) known[operation] = constant;
            }

            if (Known(branch.Condition) is not { } condition) return 0;
            if ((condition.Number != 0 ? branch.Then : branch.Otherwise) != back) return round;
            given = back.Arguments;
        }

        return 0;

        Constant? Known(Value value) => value as Constant ?? known.GetValueOrDefault(value);

        Constant? Computed(Operation operation)
        {
            Constant[] operands = [.. operation.Operands.Select(Known).OfType<Constant>()];
            if (operands.Length != operation.Operands.Count) return null;
            Operation? same = operation switch
            {
                Binary { Type: IrType.Int } x => new Binary(x.Operator, operands[0], operands[1]),
                Compare x => new Compare(x.Relation, operands[0], operands[1]),
                Convert { Type: IrType.Int } x => new Convert(x.Conversion, x.Type, operands[0]),
                _ => null,
            };
            return same is null ? null : FoldRules.Simplify(same) as Constant;
        }
    }

    private static void Unroll(Function function, Block block, Branch branch, Edge back, Block entry, int rounds)
    {
        int at = function.Blocks.IndexOf(block);
        Block last = entry;
        Func<Value, Value> given = value => value;
        for (int round = 1; round < rounds; round++)
        {
            Copying copying = new();
            var copy = copying.Copy([block], name => $"{name}.round{round}")[0];
            function.Blocks.Insert(at++, copy);
            Enter(last, block, back, copy, given);
            (last, given) = (copy, value => copying[value]);
        }

        if (last != entry) Enter(last, block, back, block, given);
        var onward = branch.Then == back ? branch.Otherwise : branch.Then;
        block.Operations[^1] = new Jump(onward) { Source = branch.Source };
    }

    // From before the loop by the way that led in, from a round with what it hands to the next.
    private static void Enter(Block from, Block block, Edge back, Block to, Func<Value, Value> given)
    {
        if (from.Terminator.Edges.FirstOrDefault(e => e.Target == from) is not null)
        {
            from.Operations[^1] = new Jump(new(to, [.. back.Arguments.Select(given)])) { Source = from.Terminator.Source };
            return;
        }

        for (int i = 0; i < from.Terminator.Edges.Count; i++)
        {
            var edge = from.Terminator.Edges[i];
            if (edge.Target == block) from.Terminator.Redirect(i, new(to, edge.Arguments));
        }
    }
}
