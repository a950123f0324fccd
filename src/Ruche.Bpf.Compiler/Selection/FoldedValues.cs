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
        foreach (var block in blocks)
        {
            foreach (var operation in block.Operations)
            {
                if (operation is Compare or MayContinue or FieldAddress or Convert { Conversion: Conversion.Truncate } || IsDistance(operation)) folded.Add(operation);
            }
        }

        foreach (var block in blocks)
        {
            foreach (var operation in block.Operations) RemoveHeld(operation, folded, paths);
        }

        folded.UnionWith(ChangesOfChoices(blocks));
        return folded;
    }

    /// <summary>Takes out what an operation wants in a register.</summary>
    private static void RemoveHeld(Operation operation, HashSet<Value> folded, KernelPaths paths)
    {
        int operand = 0, operands = operation.Operands.Count;
        foreach (var value in operation.Used)
        {
            bool takesIn = operand < operands ? TakesIn(operation, operand, value, paths) : value is Binary { Left: StackSlot };
            if (!takesIn) folded.Remove(value);
            operand++;
        }
    }

    /// <summary>What changes the one value that a choice has to give the other, and is needed for nothing else: it is done in place, or not.</summary>
    private static IEnumerable<Value> ChangesOfChoices(IReadOnlyList<Block> blocks)
    {
        foreach (var choice in blocks.SelectMany(b => b.Operations).OfType<Select>())
        {
            if (IsChange(choice.Otherwise, choice.Then)) yield return choice.Otherwise;
            else if (IsChange(choice.Then, choice.Otherwise)) yield return choice.Then;
        }

        bool IsChange(Value value, Value other) => value is Binary { Type: IrType.Int { Width: >= 32 } } x && x.Left == other && IsUsedOnce(x);

        bool IsUsedOnce(Value value) => blocks.SelectMany(b => b.Operations).SelectMany(o => o.Used).Where(v => v == value).Take(2).Count() == 1;
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
