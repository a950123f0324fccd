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
            if (block.Terminator is not Branch branch || (branch.Then.Target == block) == (branch.Otherwise.Target == block)) continue;
            ControlFlow flow = new(function);
            if (!flow.IsReached(block)) continue;
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
        List<(Block Copy, Copying Copying)> copies = [];
        for (int round = 1; round < rounds; round++)
        {
            Copying copying = new();
            copies.Add((copying.Copy([block], name => $"{name}.round{round}")[0], copying));
            function.Blocks.Insert(at++, copies[^1].Copy);
        }

        for (int i = 0; i < copies.Count; i++)
        {
            var (copy, copying) = copies[i];
            var next = i + 1 < copies.Count ? copies[i + 1].Copy : block;
            copy.Operations[^1] = new Jump(new(next, [.. back.Arguments.Select(a => copying[a])])) { Source = branch.Source };
        }

        if (copies.Count > 0) Redirect(entry.Terminator, block, copies[0].Copy);
        var onward = branch.Then == back ? branch.Otherwise : branch.Then;
        block.Operations[^1] = new Jump(onward) { Source = branch.Source };
    }

    private static void Redirect(Terminator end, Block from, Block to)
    {
        for (int i = 0; i < end.Edges.Count; i++)
        {
            if (end.Edges[i].Target == from) end.Redirect(i, new(to, end.Edges[i].Arguments));
        }
    }
}
