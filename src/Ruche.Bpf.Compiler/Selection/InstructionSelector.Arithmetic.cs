// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Instructions;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.Selection;

internal sealed partial class InstructionSelector
{
    private void Select(Binary x)
    {
        bool isSigned = x.Operator is BinaryOperator.SDiv or BinaryOperator.SRem or BinaryOperator.AShr;
        int bits = x.Type.Bits;
        int target = RegisterOf(x), work = isSigned && bits < 32 ? Extended(x.Left) : target;
        if (work == target) Put(target, x.Left);
        ChangeBy(x, work);
        if (work != target) Copy(target, work);
        if (bits < 32 && MayOverflow(x.Operator)) Mask(target, bits);
    }

    /// <summary>Changes a register that holds the first operand to what the operation yields, but for what is beyond the width.</summary>
    private void ChangeBy(Binary x, int register)
    {
        int bits = x.Type.Bits;
        var operation = OperationOf(x.Operator);
        bool divides = x.Operator is BinaryOperator.SDiv or BinaryOperator.SRem;

        // The verifier refuses a division by a zero that it sees in the instruction.
        bool isRefused = x.Right is Constant { Number: 0 } && (divides || x.Operator is BinaryOperator.UDiv or BinaryOperator.URem);
        if (x.Right is Constant constant && Fits(constant, bits) && !isRefused && !(divides && bits < 32))
        {
            int number = (int)(bits == 64 || divides ? constant.Signed : constant.Number);
            if (IsShift(x.Operator)) number &= bits - 1;
            Change(Signed(bits == 64 ? Insn.Alu64(operation, default, number) : Insn.Alu32(operation, default, number), divides), register);
            return;
        }

        int right = divides && bits < 32 ? Extended(x.Right) : ShiftCount(x);
        Change(Signed(bits == 64 ? Insn.Alu64(operation, default, default(Register)) : Insn.Alu32(operation, default, default(Register)), divides), register, right);
    }

    // The machine takes the count of a shift modulo 32 or 64, narrower numbers need it modulo their width.
    private int ShiftCount(Binary x)
    {
        if (!IsShift(x.Operator) || x.Type.Bits >= 32) return Use(x.Right);
        int count = _result.NewRegister();
        Put(count, x.Right);
        Change(Insn.Alu32(AluOperation.And, default, x.Type.Bits - 1), count);
        return count;
    }

    private void PutSum(int register, Binary sum)
    {
        Put(register, sum.Left);
        Change(Insn.Alu64(AluOperation.Add, default, (int)((Constant)sum.Right).Signed), register);
    }

    /// <summary>A new register with a narrow number sign-extended.</summary>
    private int Extended(Value value, int bits = 32)
    {
        int register = _result.NewRegister();
        SignExtend(value, register, bits);
        return register;
    }

    private void Mask(int register, int bits) => Change(Insn.Alu32(AluOperation.And, default, (1 << bits) - 1), register);

    private void Select(Convert x)
    {
        int target = RegisterOf(x);
        switch (x.Conversion)
        {
            case Conversion.Truncate when x.Type.Bits == 32:
                Write(Insn.Mov32(default, default(Register)), target, Use(x.Operand));
                break;
            case Conversion.Truncate:
                Put(target, x.Operand);
                Mask(target, x.Type.Bits);
                break;
            case Conversion.SignExtend:
                SignExtend(x.Operand, target, x.Type.Bits == 64 ? 64 : 32);
                if (x.Type.Bits < 32) Mask(target, x.Type.Bits);
                break;
            default:
                Put(target, x.Operand);
                break;
        }
    }

    private void SignExtend(Value value, int target, int bits)
    {
        int from = value.Type.Bits;
        if (_target.InstructionSet >= 4 && from >= 8)
        {
            Write(bits == 64 ? Insn.MovSx64(default, default, from) : Insn.MovSx32(default, default, from), target, Use(value));
            return;
        }

        Put(target, value);
        int shift = bits - from;
        Change(bits == 64 ? Insn.Alu64(AluOperation.Lsh, default, shift) : Insn.Alu32(AluOperation.Lsh, default, shift), target);
        Change(bits == 64 ? Insn.Alu64(AluOperation.Arsh, default, shift) : Insn.Alu32(AluOperation.Arsh, default, shift), target);
    }

    // Numbers lie in registers as the machine reads them, little end first, so its opposite is the big one.
    private void Select(SwapBytes x)
    {
        int target = RegisterOf(x);
        Put(target, x.Operand);
        Change(Insn.Endian(EndianOperation.ToBig, default, x.Type.Bits), target);
    }

    private static bool Fits(Constant constant, int bits) => bits <= 32 || constant.Signed is >= int.MinValue and <= int.MaxValue;

    private static bool IsShift(BinaryOperator op) => op is BinaryOperator.Shl or BinaryOperator.LShr or BinaryOperator.AShr;

    private static bool MayOverflow(BinaryOperator op) =>
        op is BinaryOperator.Add or BinaryOperator.Sub or BinaryOperator.Mul or BinaryOperator.Shl or BinaryOperator.SDiv or BinaryOperator.SRem or BinaryOperator.AShr;

    private static Instruction Signed(Instruction code, bool isSignedDivision) => isSignedDivision ? Insn.Signed(code) : code;

    private static AluOperation OperationOf(BinaryOperator op) => op switch
    {
        BinaryOperator.Add => AluOperation.Add,
        BinaryOperator.Sub => AluOperation.Sub,
        BinaryOperator.Mul => AluOperation.Mul,
        BinaryOperator.UDiv or BinaryOperator.SDiv => AluOperation.Div,
        BinaryOperator.URem or BinaryOperator.SRem => AluOperation.Mod,
        BinaryOperator.And => AluOperation.And,
        BinaryOperator.Or => AluOperation.Or,
        BinaryOperator.Xor => AluOperation.Xor,
        BinaryOperator.Shl => AluOperation.Lsh,
        BinaryOperator.LShr => AluOperation.Rsh,
        BinaryOperator.AShr => AluOperation.Arsh,
        _ => throw new ArgumentOutOfRangeException(nameof(op), op, "no such operator"),
    };
}
