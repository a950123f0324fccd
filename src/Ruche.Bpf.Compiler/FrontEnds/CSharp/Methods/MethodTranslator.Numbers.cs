// SPDX-License-Identifier: MIT
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Constant = Ruche.Bpf.Compiler.Ir.Constant;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;

/// <content>Arithmetic, comparisons and conversions.</content>
internal sealed partial class MethodTranslator
{
    private bool TranslateNumber(IlInstruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Ldc_i4:
                PushNumber(new Constant(IrType.I32, instruction.Operand), ClrType.Int32);
                return true;
            case ILOpCode.Ldc_i8:
                PushNumber(new Constant(IrType.I64, instruction.Operand), ClrType.Int64);
                return true;
            case ILOpCode.Neg:
                var negated = Pop();
                var number = _ir.Number(negated, negated.Type.OnStack);
                PushNumber(Arithmetic(BinaryOperator.Sub, new Constant(number.Type, 0), number), Plain(number));
                return true;
            case ILOpCode.Not:
                var inverted = Pop();
                var bits = _ir.Number(inverted, inverted.Type.OnStack);
                PushNumber(Arithmetic(BinaryOperator.Xor, bits, new Constant(bits.Type, -1)), Plain(bits));
                return true;
            case ILOpCode.Ceq or ILOpCode.Cgt or ILOpCode.Cgt_un or ILOpCode.Clt or ILOpCode.Clt_un:
                var right = Pop();
                var compared = Compared(ComparisonOf(instruction.Code), Pop(), right);
                PushNumber(_ir.Add(new Convert(Conversion.ZeroExtend, IrType.I32, compared)), ClrType.Boolean);
                return true;
        }

        if (IsChecked(instruction)) throw new CSharpException(Refusals.Checked);
        if (OperatorOf(instruction.Code) is { } op)
        {
            var second = Pop();
            Push(Computed(op, Pop(), second));
            return true;
        }

        if (ConversionOf(instruction.Code) is not var (code, isFromUnsigned)) return false;
        Push(Converted(Pop(), (ClrType.Number)_types.GetPrimitiveType(code), isFromUnsigned));
        return true;
    }

    // The compiler checks the size of stackalloc by itself.
    private bool IsChecked(IlInstruction instruction) => instruction.Code switch
    {
        ILOpCode.Mul_ovf_un => After(instruction) is not { Code: ILOpCode.Localloc },
        _ => instruction.Code is (>= ILOpCode.Add_ovf and <= ILOpCode.Sub_ovf_un) or (>= ILOpCode.Conv_ovf_i1_un and <= ILOpCode.Conv_ovf_u_un) or (>= ILOpCode.Conv_ovf_i1 and <= ILOpCode.Conv_ovf_u8) or ILOpCode.Conv_ovf_i or ILOpCode.Conv_ovf_u,
    };

    private static ClrType Plain(Value value) => value.Type.Bits == 64 ? ClrType.Int64 : ClrType.Int32;

    private Value Arithmetic(BinaryOperator op, Value left, Value right)
    {
        Binary operation = new(op, left, right);
        return left is Constant && right is Constant && Passes.FoldRules.Simplify(operation) is Constant known ? known : _ir.Add(operation);
    }

    private Operand Computed(BinaryOperator op, Operand left, Operand right)
    {
        if (op is BinaryOperator.Add && right.Type is ClrType.Address && left.Type is not ClrType.Address) (left, right) = (right, left);
        if (left.Type is ClrType.Address && right.Type is not ClrType.Address && op is BinaryOperator.Add or BinaryOperator.Sub) return Moved(op, left, right);
        if (left.Type is ClrType.Address && right.Type is ClrType.Address && op is BinaryOperator.Sub)
            return new(_ir.Add(new Binary(op, _ir.AddressOf(left), _ir.AddressOf(right))), ClrType.Int64);
        bool isShift = op is BinaryOperator.Shl or BinaryOperator.LShr or BinaryOperator.AShr;
        var width = left.Type is ClrType.Address || left.Value.Type.Bits == 64 || (!isShift && (right.Type is ClrType.Address || right.Value.Type.Bits == 64)) ? IrType.I64 : IrType.I32;
        var result = Arithmetic(op, _ir.Number(left, width), _ir.Number(right, width));
        return new(result, Plain(result));
    }

    private Operand Moved(BinaryOperator op, Operand address, Operand distance)
    {
        var bytes = _ir.Number(distance, IrType.I64);
        if (bytes is Constant constant)
        {
            long offset = address.Offset + (op is BinaryOperator.Add ? constant.Signed : -constant.Signed);
            if (offset is >= short.MinValue and <= short.MaxValue) return address with { Offset = (int)offset };
        }

        return new(_ir.Add(new Binary(op, _ir.AddressOf(address), bytes)), address.Type);
    }

    private Compare Compared(Comparison relation, Operand left, Operand right)
    {
        // Above none is another than none, and the kernel knows only that.
        if (relation is Comparison.Above && left.Type is ClrType.Address && right.Value is Constant { Number: 0 }) relation = Comparison.NotEqual;
        if (left.Type is ClrType.Address || right.Type is ClrType.Address) return _ir.Add(new Compare(relation, AsAddress(left), AsAddress(right)));
        var width = left.Value.Type.Bits == 64 || right.Value.Type.Bits == 64 ? IrType.I64 : IrType.I32;
        return _ir.Add(new Compare(relation, _ir.Number(left, width), _ir.Number(right, width)));
    }

    // An address is compared with another, or with a number that stands for none.
    private Value AsAddress(Operand operand) => operand.Type is ClrType.Address ? _ir.AddressOf(operand) : _ir.Number(operand, IrType.I64, isSigned: false);

    private Operand Converted(Operand operand, ClrType.Number type, bool isFromUnsigned)
    {
        // An address stays one when it is seen as a number as wide: it may become an address again.
        if (operand.Type is ClrType.Address && type.Bits == 64) return operand with { Type = new ClrType.Address(operand.Type is ClrType.Address a ? a.Target : type) };
        bool isSigned = type.Bits == 64 ? type.IsSigned && !isFromUnsigned : !isFromUnsigned;
        if (type.Bits >= 32) return new(_ir.Number(operand, IrType.IntOf(type.Bits), isSigned), type);
        var narrow = _ir.Number(operand, IrType.IntOf(type.Bits));
        return new(narrow is Constant ? _ir.Resized(narrow, IrType.I32, type.IsSigned) : _ir.Widened(narrow, type), type);
    }

    private static BinaryOperator? OperatorOf(ILOpCode code) => code switch
    {
        ILOpCode.Add => BinaryOperator.Add,
        ILOpCode.Sub => BinaryOperator.Sub,
        ILOpCode.Mul or ILOpCode.Mul_ovf_un => BinaryOperator.Mul,
        ILOpCode.Div => BinaryOperator.SDiv,
        ILOpCode.Div_un => BinaryOperator.UDiv,
        ILOpCode.Rem => BinaryOperator.SRem,
        ILOpCode.Rem_un => BinaryOperator.URem,
        ILOpCode.And => BinaryOperator.And,
        ILOpCode.Or => BinaryOperator.Or,
        ILOpCode.Xor => BinaryOperator.Xor,
        ILOpCode.Shl => BinaryOperator.Shl,
        ILOpCode.Shr => BinaryOperator.AShr,
        ILOpCode.Shr_un => BinaryOperator.LShr,
        _ => null,
    };

    private static Comparison ComparisonOf(ILOpCode code) => code switch
    {
        ILOpCode.Ceq or ILOpCode.Beq => Comparison.Equal,
        ILOpCode.Bne_un => Comparison.NotEqual,
        ILOpCode.Cgt or ILOpCode.Bgt => Comparison.Greater,
        ILOpCode.Cgt_un or ILOpCode.Bgt_un => Comparison.Above,
        ILOpCode.Clt or ILOpCode.Blt => Comparison.Less,
        ILOpCode.Clt_un or ILOpCode.Blt_un => Comparison.Below,
        ILOpCode.Bge => Comparison.GreaterOrEqual,
        ILOpCode.Bge_un => Comparison.AboveOrEqual,
        ILOpCode.Ble => Comparison.LessOrEqual,
        _ => Comparison.BelowOrEqual,
    };

    private static (PrimitiveTypeCode Type, bool IsFromUnsigned)? ConversionOf(ILOpCode code) => code switch
    {
        ILOpCode.Conv_i1 => (PrimitiveTypeCode.SByte, false),
        ILOpCode.Conv_u1 => (PrimitiveTypeCode.Byte, false),
        ILOpCode.Conv_i2 => (PrimitiveTypeCode.Int16, false),
        ILOpCode.Conv_u2 => (PrimitiveTypeCode.UInt16, false),
        ILOpCode.Conv_i4 => (PrimitiveTypeCode.Int32, false),
        ILOpCode.Conv_u4 => (PrimitiveTypeCode.UInt32, false),
        ILOpCode.Conv_i8 => (PrimitiveTypeCode.Int64, false),
        ILOpCode.Conv_u8 => (PrimitiveTypeCode.UInt64, true),
        ILOpCode.Conv_i => (PrimitiveTypeCode.IntPtr, false),
        ILOpCode.Conv_u => (PrimitiveTypeCode.UIntPtr, true),
        _ => null,
    };
}
