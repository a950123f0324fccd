// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// What is only widened, or moved to the left, to be compared with a constant is compared as it was. Where it is used beside that, it stays: what the verifier
/// learns from a comparison, it learns of the value that was compared.
/// </summary>
internal static class CompareNarrowing
{
    public static void Run(Function function)
    {
        HashSet<Value>? shared = null;
        Substitution substitution = new();
        foreach (var block in function.Blocks)
        {
            for (int i = 0; i < block.Operations.Count; i++)
            {
                if (block.Operations[i] is not Compare { Left: Operation left, Right: Constant } compare || (shared ??= SharedValues.Of(function)).Contains(left)) continue;
                if (Narrowed(compare) is not { } narrower) continue;
                (narrower.Name, narrower.Source) = (compare.Name, compare.Source);
                block.Operations[i] = narrower;
                substitution.Add(compare, narrower);
            }
        }

        substitution.Apply(function);
    }

    private static Compare? Narrowed(Compare x) => (x.Left, (Constant)x.Right) switch
    {
        (Convert { Conversion: Conversion.SignExtend, Operand: { Type: IrType.Int { Width: 32 } } narrow }, var b) when IsSigned(x.Relation) && b.Signed is >= int.MinValue and <= int.MaxValue =>
            new(x.Relation, narrow, new Constant(narrow.Type, b.Signed)),
        (Convert { Conversion: Conversion.ZeroExtend, Operand: { Type: IrType.Int { Width: > 1 } } narrow }, var b) when b.Signed >= 0 && b.Signed >> narrow.Type.Bits == 0 && Unsigned(x.Relation) is { } relation =>
            new(relation, narrow, new Constant(narrow.Type, b.Number)),
        (Binary { Operator: BinaryOperator.Shl, Right: Constant count, Left: Binary { Operator: BinaryOperator.And, Right: Constant mask } masked }, var b)
            when x.Relation is Comparison.Equal or Comparison.NotEqual && KeepsBits(mask, count) && (ulong)b.Number >> (int)count.Number << (int)count.Number == (ulong)b.Number =>
            new(x.Relation, masked, new Constant(b.Type, (long)((ulong)b.Number >> (int)count.Number))),
        _ => null,
    };

    private static bool IsSigned(Comparison relation) =>
        relation is Comparison.Equal or Comparison.NotEqual or Comparison.Less or Comparison.LessOrEqual or Comparison.Greater or Comparison.GreaterOrEqual;

    // Above it are zeros, so it is not negative.
    private static Comparison? Unsigned(Comparison relation) => relation switch
    {
        Comparison.Less => Comparison.Below,
        Comparison.LessOrEqual => Comparison.BelowOrEqual,
        Comparison.Greater => Comparison.Above,
        Comparison.GreaterOrEqual => Comparison.AboveOrEqual,
        Comparison.Intersects => null,
        _ => relation,
    };

    // Whether no bit of the mask is moved out.
    private static bool KeepsBits(Constant mask, Constant count) =>
        count.Number > 0 && count.Number < mask.Type.Bits && mask.Number >= 0 && (mask.Number << (int)count.Number) >> (int)count.Number == mask.Number
        && new Constant(mask.Type, mask.Number << (int)count.Number).Number == mask.Number << (int)count.Number;
}
