// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Relocation;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Selection;

/// <summary>Values that no register holds, since each of their uses takes them in: distances in loads and stores, conditions in branches and choices.</summary>
internal static class FoldedValues
{
    public static HashSet<Value> Find(IReadOnlyList<Block> blocks, KernelPaths paths)
    {
        HashSet<Value> folded = new(ReferenceEqualityComparer.Instance);
        foreach (var operation in blocks.SelectMany(b => b.Operations))
        {
            if (operation is Compare or MayContinue or FieldAddress or Convert { Conversion: Conversion.Truncate } || IsDistance(operation)) folded.Add(operation);
        }

        foreach (var operation in blocks.SelectMany(b => b.Operations))
        {
            for (int i = 0; i < operation.Operands.Count; i++)
            {
                if (!TakesIn(operation, i, operation.Operands[i], paths)) folded.Remove(operation.Operands[i]);
            }

            if (operation is Terminator end) folded.ExceptWith(end.Edges.SelectMany(e => e.Arguments).Where(a => a is not Binary { Left: StackSlot }));
        }

        folded.UnionWith(ChangesOfChoices(blocks));
        return folded;
    }

    /// <summary>What changes the one value that a choice has to give the other, and is needed for nothing else: it is done in place, or not.</summary>
    private static IEnumerable<Value> ChangesOfChoices(IReadOnlyList<Block> blocks)
    {
        Dictionary<Value, int> uses = new(ReferenceEqualityComparer.Instance);
        foreach (var operation in blocks.SelectMany(b => b.Operations))
        {
            var used = operation is Terminator end ? operation.Operands.Concat(end.Edges.SelectMany(e => e.Arguments)) : operation.Operands;
            foreach (var value in used) uses[value] = uses.GetValueOrDefault(value) + 1;
        }

        foreach (var choice in blocks.SelectMany(b => b.Operations).OfType<Select>())
        {
            if (IsChange(choice.Otherwise, choice.Then)) yield return choice.Otherwise;
            else if (IsChange(choice.Then, choice.Otherwise)) yield return choice.Then;
        }

        bool IsChange(Value value, Value other) => value is Binary { Type: IrType.Int { Width: >= 32 } } x && x.Left == other && uses[x] == 1;
    }

    /// <summary>Whether it is an address and a constant that an instruction's offset can hold. Those of the stack are made anew even where none takes them in.</summary>
    private static bool IsDistance(Operation operation) =>
        operation is Binary { Operator: BinaryOperator.Add, Left.Type: IrType.Pointer, Right: Constant { Number: >= -4096 and <= 4096 } };

    private static bool TakesIn(Operation operation, int operand, Value value, KernelPaths paths) => value switch
    {
        Compare or MayContinue => operand == 0 && operation is Branch or Select,
        Binary { Left: StackSlot } => true,
        Convert truncated => TakesLowBits(operation, operand, truncated),
        FieldAddress field => operand == 0 && IsWhole(operation, paths[field.Field]),
        _ => operand == 0 && operation is Load or Store or Atomic,
    };

    // What looks at no more bits than a truncated number has needs not have the others cleared. Of an address the verifier lets no part be stored.
    private static bool TakesLowBits(Operation operation, int operand, Convert truncated) => operation switch
    {
        _ when truncated.Operand is Convert { Conversion: Conversion.Reinterpret } => false,
        Store => operand == 1 && truncated.Type.Bits >= 8,
        SwapBytes => true,
        Convert { Conversion: Conversion.SignExtend } => truncated.Type.Bits >= 8,
        _ => false,
    };

    // The loader changes the width with the offset, so the access must be of the whole field, at its start.
    private static bool IsWhole(Operation operation, KernelPath field) => operation switch
    {
        Load { Offset: 0 } x => x.Type.Bytes == field.LoadSize,
        Store { Offset: 0 } x => x.Value.Type.Bytes == field.LoadSize,
        _ => false,
    } && field.BitOffset / 8 <= short.MaxValue;
}
