// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// Who branches on two comparisons together, as compilers write it when the second costs nothing, branches on one after the other: neither has to become a
/// number, and the verifier learns from both.
/// </summary>
internal static class ConditionSplitting
{
    public static void Run(Function function)
    {
        for (int i = 0; i < function.Blocks.Count; i++)
        {
            var block = function.Blocks[i];
            if (block.Terminator is not Branch branch || Parts(branch.Condition) is not var (one, other, isBoth)) continue;
            Block second = new($"{block.Name}.both");
            second.Add(new Branch(other, branch.Then, branch.Otherwise)).Source = branch.Source;
            Edge onward = new(second, []);
            block.Operations[^1] = new Branch(one, isBoth ? onward : Again(branch.Then), isBoth ? Again(branch.Otherwise) : onward) { Source = branch.Source };
            function.Blocks.Insert(i + 1, second);
        }
    }

    private static (Compare One, Compare Other, bool IsBoth)? Parts(Value condition) => condition switch
    {
        Compare { Relation: Comparison.Intersects } x when (Truth(x.Left), Truth(x.Right)) is ({ } one, { } other) => (one, other, true),
        Compare { Relation: Comparison.NotEqual, Right: Constant { Number: 0 }, Left: Binary { Operator: BinaryOperator.And } x } when (Truth(x.Left), Truth(x.Right)) is ({ } one, { } other) => (one, other, true),
        Compare { Relation: Comparison.NotEqual, Right: Constant { Number: 0 }, Left: Binary { Operator: BinaryOperator.Or } x } when (Truth(x.Left), Truth(x.Right)) is ({ } one, { } other) => (one, other, false),
        Binary { Operator: BinaryOperator.And, Left: Compare one, Right: Compare other } => (one, other, true),
        Binary { Operator: BinaryOperator.Or, Left: Compare one, Right: Compare other } => (one, other, false),
        _ => null,
    };

    private static Edge Again(Edge edge) => new(edge.Target, [.. edge.Arguments]);

    private static Compare? Truth(Value value) => value is Convert { Conversion: Conversion.ZeroExtend, Operand: Compare compare } ? compare : null;
}
