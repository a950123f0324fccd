// SPDX-License-Identifier: MIT
using System.Numerics;
using Ruche.Bpf.Compiler.Ir;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Passes;

/// <summary>What one operation is the same as: a constant, one of the values it is made of, or one cheaper operation. Null when nothing simpler is known.</summary>
internal static class FoldRules
{
    public static Value? Simplify(Operation operation) => operation switch
    {
        Binary x => Simplify(x),
        Compare x => Simplify(x),
        Convert x => Simplify(x),
        SwapBytes { Operand: Constant c } x => new Constant(x.Type, Swap(c)),
        SwapBytes { Operand: SwapBytes inner } => inner.Operand,
        Select x => Simplify(x),
        Branch x => Simplify(x),
        _ => null,
    };

    private static Value? Simplify(Binary x) => (x.Left, x.Right) switch
    {
        (Constant a, Constant b) when x.Type is IrType.Int => new Constant(x.Type, Compute(x.Operator, a, b)),
        (Constant, not Constant) when IsCommutative(x.Operator) && x.Type is IrType.Int => new Binary(x.Operator, x.Right, x.Left),
        (_, Constant b) => WithConstant(x, b),
        // The count is taken modulo the width anyway.
        (_, Binary { Operator: BinaryOperator.And, Right: Constant mask } count) when x.Operator is BinaryOperator.Shl or BinaryOperator.LShr or BinaryOperator.AShr && mask.Number == x.Type.Bits - 1 =>
            new Binary(x.Operator, x.Left, count.Left),
        _ when x.Left == x.Right && x.Operator is BinaryOperator.And or BinaryOperator.Or => x.Left,
        _ when x.Left == x.Right && x.Operator is BinaryOperator.Sub or BinaryOperator.Xor => new Constant(x.Type, 0),
        _ => null,
    };

    private static Value? WithConstant(Binary x, Constant b) => (x.Operator, b.Number) switch
    {
        (BinaryOperator.Add or BinaryOperator.Sub or BinaryOperator.Or or BinaryOperator.Xor, 0) => x.Left,
        (BinaryOperator.Shl or BinaryOperator.LShr or BinaryOperator.AShr, 0) => x.Left,
        (BinaryOperator.Mul or BinaryOperator.UDiv or BinaryOperator.SDiv, 1) => x.Left,
        (BinaryOperator.Mul or BinaryOperator.And, 0) => b,
        (BinaryOperator.URem or BinaryOperator.SRem, 1) => new Constant(x.Type, 0),
        (BinaryOperator.UDiv or BinaryOperator.SDiv, 0) => b,
        (BinaryOperator.URem or BinaryOperator.SRem, 0) => x.Left,
        (BinaryOperator.And, _) when b.Signed == -1 => x.Left,
        (BinaryOperator.Sub, _) when x.Left.Type is IrType.Int => new Binary(BinaryOperator.Add, x.Left, new Constant(b.Type, -b.Number)),
        (BinaryOperator.Sub, _) when b.Type == IrType.I64 => new Binary(BinaryOperator.Add, x.Left, new Constant(b.Type, -b.Number)),
        (BinaryOperator.Mul, _) when IsPower(b) => new Binary(BinaryOperator.Shl, x.Left, new Constant(b.Type, Log(b))),
        (BinaryOperator.UDiv, _) when IsPower(b) => new Binary(BinaryOperator.LShr, x.Left, new Constant(b.Type, Log(b))),
        (BinaryOperator.URem, _) when IsPower(b) => new Binary(BinaryOperator.And, x.Left, new Constant(b.Type, b.Number - 1)),
        (BinaryOperator.Add or BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Xor, _) when x.Left is Binary { Right: Constant a } inner && inner.Operator == x.Operator =>
            new Binary(x.Operator, inner.Left, new Constant(b.Type, Compute(x.Operator, a, b))),
        _ => null,
    };

    private static Value? Simplify(Compare x)
    {
        if (x is { Left: Constant a, Right: Constant b }) return new Constant(IrType.Bool, Holds(x.Relation, a, b) ? 1 : 0);
        if (x is { Right: Constant { Number: 0 }, Relation: Comparison.Equal or Comparison.NotEqual } && IsSomewhere(x.Left)) return new Constant(IrType.Bool, x.Relation is Comparison.NotEqual ? 1 : 0);
        if (x is { Left: Constant, Relation: not Comparison.Intersects }) return new Compare(Mirrored(x.Relation), x.Right, x.Left);
        if (x is { Left.Type: IrType.Int { Width: 1 }, Right: Constant c } && x.Relation is Comparison.Equal or Comparison.NotEqual)
        {
            bool isSame = (x.Relation is Comparison.NotEqual) == (c.Number == 0);
            if (isSame) return x.Left;
            if (x.Left is Compare { Relation: not Comparison.Intersects } inner) return new Compare(Opposite(inner.Relation), inner.Left, inner.Right);
        }

        // Nothing unsigned is below zero.
        if (x is { Left.Type: IrType.Int, Right: Constant { Number: 0 } zero } && x.Relation is Comparison.Above or Comparison.BelowOrEqual)
            return new Compare(x.Relation is Comparison.Above ? Comparison.NotEqual : Comparison.Equal, x.Left, zero);

        // What zeros were put above is compared without them, where the constant has them too.
        if (x is { Left: Convert { Conversion: Conversion.ZeroExtend, Operand: { } narrow }, Right: Constant wide } && x.Relation is Comparison.Equal or Comparison.NotEqual
            && new Constant(narrow.Type, wide.Number).Number == wide.Number) return new Compare(x.Relation, narrow, new Constant(narrow.Type, wide.Number));

        return x is { Relation: Comparison.NotEqual, Right: Constant { Number: 0 }, Left: Binary { Operator: BinaryOperator.And } mask }
            ? new Compare(Comparison.Intersects, mask.Left, mask.Right) : null;
    }

    // A slot, a variable and a byte of a packet are never nowhere.
    private static bool IsSomewhere(Value value) => value switch
    {
        StackSlot or GlobalAddress => true,
        Convert { Conversion: Conversion.Reinterpret, Type: IrType.Pointer { Space: AddressSpace.Packet }, Operand: not Constant } => true,
        Binary { Operator: BinaryOperator.Add, Type: IrType.Pointer } x => IsSomewhere(x.Left),
        _ => false,
    };

    private static Value? Simplify(Convert x) => (x.Conversion, x.Operand) switch
    {
        (Conversion.Truncate or Conversion.ZeroExtend or Conversion.Reinterpret, Constant c) => new Constant(x.Type, c.Number),
        (Conversion.SignExtend, Constant c) => new Constant(x.Type, c.Signed),
        (Conversion.Reinterpret, { } operand) when operand.Type == x.Type => operand,
        (Conversion.Truncate, Convert { Conversion: Conversion.ZeroExtend or Conversion.SignExtend } inner) when inner.Operand.Type == x.Type => inner.Operand,
        (Conversion.Truncate, Convert { Conversion: Conversion.ZeroExtend } inner) when inner.Operand.Type.Bits < x.Type.Bits => new Convert(Conversion.ZeroExtend, x.Type, inner.Operand),
        (Conversion.Truncate, Convert { Conversion: Conversion.ZeroExtend } inner) when inner.Operand.Type.Bits > x.Type.Bits => new Convert(Conversion.Truncate, x.Type, inner.Operand),
        (Conversion.Truncate, Convert { Conversion: Conversion.Truncate } inner) => new Convert(Conversion.Truncate, x.Type, inner.Operand),
        (Conversion.ZeroExtend, Convert { Conversion: Conversion.ZeroExtend } inner) => new Convert(Conversion.ZeroExtend, x.Type, inner.Operand),
        _ => null,
    };

    private static Value? Simplify(Select x)
    {
        if (x.Condition is Constant condition) return condition.Number != 0 ? x.Then : x.Otherwise;
        if (x.Then == x.Otherwise) return x.Then;
        return x is { Then: Constant { Number: 1 }, Otherwise: Constant { Number: 0 } } && x.Type is IrType.Int
            ? x.Type == IrType.Bool ? x.Condition : new Convert(Conversion.ZeroExtend, x.Type, x.Condition) : null;
    }

    private static Branch? Simplify(Branch x) =>
        x.Condition is Compare { Relation: Comparison.Equal, Left.Type: IrType.Int { Width: 1 }, Right: Constant { Number: 0 } } inverted
            ? new(inverted.Left, x.Otherwise, x.Then) : null;

    private static long Compute(BinaryOperator op, Constant left, Constant right)
    {
        ulong a = (ulong)left.Number, b = (ulong)right.Number;
        int bits = left.Type.Bits, shift = (int)(b & (ulong)(bits - 1));
        return op switch
        {
            BinaryOperator.Add => (long)(a + b),
            BinaryOperator.Sub => (long)(a - b),
            BinaryOperator.Mul => (long)(a * b),
            BinaryOperator.UDiv => b == 0 ? 0 : (long)(a / b),
            BinaryOperator.URem => b == 0 ? (long)a : (long)(a % b),
            BinaryOperator.SDiv => right.Signed switch { 0 => 0, -1 => -left.Signed, var d => left.Signed / d },
            BinaryOperator.SRem => right.Signed switch { 0 => (long)a, -1 => 0, var d => left.Signed % d },
            BinaryOperator.And => (long)(a & b),
            BinaryOperator.Or => (long)(a | b),
            BinaryOperator.Xor => (long)(a ^ b),
            BinaryOperator.Shl => (long)(a << shift),
            BinaryOperator.LShr => (long)(a >> shift),
            BinaryOperator.AShr => left.Signed >> shift,
            _ => throw new ArgumentOutOfRangeException(nameof(op), op, "no such operator"),
        };
    }

    private static bool Holds(Comparison relation, Constant left, Constant right)
    {
        ulong a = (ulong)left.Number, b = (ulong)right.Number;
        return relation switch
        {
            Comparison.Equal => a == b,
            Comparison.NotEqual => a != b,
            Comparison.Below => a < b,
            Comparison.BelowOrEqual => a <= b,
            Comparison.Above => a > b,
            Comparison.AboveOrEqual => a >= b,
            Comparison.Less => left.Signed < right.Signed,
            Comparison.LessOrEqual => left.Signed <= right.Signed,
            Comparison.Greater => left.Signed > right.Signed,
            Comparison.GreaterOrEqual => left.Signed >= right.Signed,
            Comparison.Intersects => (a & b) != 0,
            _ => throw new ArgumentOutOfRangeException(nameof(relation), relation, "no such relation"),
        };
    }

    private static Comparison Mirrored(Comparison relation) => relation switch
    {
        Comparison.Below => Comparison.Above,
        Comparison.BelowOrEqual => Comparison.AboveOrEqual,
        Comparison.Above => Comparison.Below,
        Comparison.AboveOrEqual => Comparison.BelowOrEqual,
        Comparison.Less => Comparison.Greater,
        Comparison.LessOrEqual => Comparison.GreaterOrEqual,
        Comparison.Greater => Comparison.Less,
        Comparison.GreaterOrEqual => Comparison.LessOrEqual,
        _ => relation,
    };

    public static Comparison Opposite(Comparison relation) => relation switch
    {
        Comparison.Equal => Comparison.NotEqual,
        Comparison.NotEqual => Comparison.Equal,
        Comparison.Below => Comparison.AboveOrEqual,
        Comparison.BelowOrEqual => Comparison.Above,
        Comparison.Above => Comparison.BelowOrEqual,
        Comparison.AboveOrEqual => Comparison.Below,
        Comparison.Less => Comparison.GreaterOrEqual,
        Comparison.LessOrEqual => Comparison.Greater,
        Comparison.Greater => Comparison.LessOrEqual,
        Comparison.GreaterOrEqual => Comparison.Less,
        _ => throw new ArgumentOutOfRangeException(nameof(relation), relation, "the opposite is no relation"),
    };

    private static bool IsCommutative(BinaryOperator op) =>
        op is BinaryOperator.Add or BinaryOperator.Mul or BinaryOperator.And or BinaryOperator.Or or BinaryOperator.Xor;

    private static bool IsPower(Constant constant) => constant.Number > 1 && BitOperations.IsPow2(constant.Number);

    private static int Log(Constant constant) => BitOperations.TrailingZeroCount(constant.Number);

    private static long Swap(Constant constant) => (long)(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness((ulong)constant.Number) >> (64 - constant.Type.Bits));
}
