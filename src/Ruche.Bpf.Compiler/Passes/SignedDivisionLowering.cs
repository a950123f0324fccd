// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>
/// Where the instruction set has no signed division: the quotient of what the numbers are without their signs, and the sign put back. A division by zero
/// yields zero that way too, and the least number divided by -1 itself.
/// </summary>
internal static class SignedDivisionLowering
{
    public static void Run(Function function, TargetProfile target)
    {
        if (target.InstructionSet >= 4) return;
        Substitution substitution = new();
        foreach (var block in function.Blocks)
        {
            for (int i = 0; i < block.Operations.Count; i++)
            {
                if (block.Operations[i] is not Binary { Operator: BinaryOperator.SDiv or BinaryOperator.SRem } division) continue;
                List<Operation> lowered = [];
                var result = Lower(division, lowered);
                foreach (var operation in lowered) operation.Source = division.Source;
                block.Operations.RemoveAt(i);
                block.Operations.InsertRange(i, lowered);
                i += lowered.Count - 1;
                substitution.Add(division, result);
            }
        }

        substitution.Apply(function);
    }

    private static Operation Lower(Binary division, List<Operation> into)
    {
        var type = division.Type.Bits < 32 ? IrType.I32 : division.Type;
        Value left = Widened(division.Left), right = Widened(division.Right);
        var leftSign = Sign(left);
        var rightSign = Sign(right);
        bool isQuotient = division.Operator is BinaryOperator.SDiv;
        var size = Add(new Binary(isQuotient ? BinaryOperator.UDiv : BinaryOperator.URem, Turned(left, leftSign), Turned(right, rightSign)));
        var result = Turned(size, isQuotient ? Add(new Binary(BinaryOperator.Xor, leftSign, rightSign)) : leftSign);
        return type == division.Type ? result : Add(new Convert(Conversion.Truncate, division.Type, result));

        Operation Add(Operation operation)
        {
            into.Add(operation);
            return operation;
        }

        Value Widened(Value value) => value.Type == type ? value : Add(new Convert(Conversion.SignExtend, type, value));

        // All ones when it is negative.
        Operation Sign(Value value) => Add(new Binary(BinaryOperator.AShr, value, new Constant(type, type.Bits - 1)));

        Operation Turned(Value value, Value sign) => Add(new Binary(BinaryOperator.Sub, Add(new Binary(BinaryOperator.Xor, value, sign)), sign));
    }
}
