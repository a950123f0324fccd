// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// A counter that begins at zero or above, only grows, and goes round for as long as it is less than a constant is never negative: what puts its sign above it
/// puts zeros there, which costs nothing, and it is compared without a sign, which tells the verifier both its bounds.
/// </summary>
internal static class CounterWidening
{
    public static void Run(Function function)
    {
        HashSet<Value> counters = new(ReferenceEqualityComparer.Instance);
        ControlFlow flow = new(function);
        foreach (var loop in Loop.Find(flow))
        {
            if (CounterOf(flow, loop) is { } counter) counters.Add(counter);
        }

        if (counters.Count > 0) Replace(function, counters);
    }

    private static BlockParameter? CounterOf(ControlFlow flow, Loop loop)
    {
        if (loop.Head.Terminator is not Branch { Condition: Compare { Relation: Comparison.Less, Left: BlockParameter counter, Right: Constant limit } } branch) return null;
        int index = loop.Head.Parameters.IndexOf(counter);
        if (index < 0 || counter.Type.Bits < 32 || limit.Signed < 0) return null;
        if (!loop.Body.Contains(branch.Then.Target) || loop.Body.Contains(branch.Otherwise.Target)) return null;
        foreach (var from in flow.Predecessors(loop.Head))
        {
            foreach (var edge in from.Terminator.Edges)
            {
                if (edge.Target != loop.Head) continue;
                bool isKnown = loop.Body.Contains(from) ? Grows(edge.Arguments[index], counter, limit) : edge.Arguments[index] is Constant { Signed: >= 0 };
                if (!isKnown) return null;
            }
        }

        return counter;
    }

    // It is less than the limit when it grows, so that it cannot pass what its type holds.
    private static bool Grows(Value value, BlockParameter counter, Constant limit) =>
        value is Binary { Operator: BinaryOperator.Add, Right: Constant step } sum && sum.Left == counter
        && step.Signed is > 0 and <= short.MaxValue && limit.Signed <= int.MaxValue - short.MaxValue;

    private static void Replace(Function function, HashSet<Value> counters)
    {
        Substitution substitution = new();
        foreach (var block in function.Blocks)
        {
            for (int i = 0; i < block.Operations.Count; i++)
            {
                Operation? plain = block.Operations[i] switch
                {
                    Convert { Conversion: Conversion.SignExtend } x when counters.Contains(x.Operand) => new Convert(Conversion.ZeroExtend, x.Type, x.Operand),
                    Compare { Relation: Comparison.Less, Right: Constant { Signed: >= 0 } } x when counters.Contains(x.Left) => new Compare(Comparison.Below, x.Left, x.Right),
                    _ => null,
                };
                if (plain is null) continue;
                (plain.Name, plain.Source) = (block.Operations[i].Name, block.Operations[i].Source);
                substitution.Add(block.Operations[i], plain);
                block.Operations[i] = plain;
            }
        }

        substitution.Apply(function);
    }
}
