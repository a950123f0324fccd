// SPDX-License-Identifier: MIT
using System.Numerics;
using Ruche.Bpf.Machine.Code;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Register;
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Registers;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <content>
/// Arithmetic. A 32-bit result clears the upper half, which the processor does by itself; shifts wrap and divisions by zero give what the
/// instruction set wants.
/// </content>
internal sealed partial class Arm64Compiler
{
    private bool Arithmetic(DecodedInstruction i)
    {
        var to = Host(i.Destination);
        int operation = (int)i.Operation;
        if (operation > byte.MaxValue) return UncommonArithmetic(i, to, Host(i.Source));
        if ((operation & 7) is not (4 or 7)) return false;
        bool wide = (operation & 7) == 7;
        // The operations follow each other in the opcode's upper half, whatever class and second operand.
        if ((operation & 8) != 0 || (operation & 0xf0) == 0x80) WithRegister(operation & 0xf0, wide, to, Host(i.Source));
        else WithConstant(operation & 0xf0, wide, to, i.Immediate);
        return true;
    }

    private void WithRegister(int operation, bool wide, Arm64Register to, Arm64Register with)
    {
        switch (operation)
        {
            case 0x00: _a.Alu(Arm64Alu.Add, wide, to, to, with); break;
            case 0x10: _a.Alu(Arm64Alu.Sub, wide, to, to, with); break;
            case 0x20: _a.Multiply(wide, to, to, with); break;
            case 0x30: _a.Divide(wide, signed: false, to, to, with); break;
            case 0x40: _a.Logic(Arm64Logic.Or, wide, to, to, with); break;
            case 0x50: _a.Logic(Arm64Logic.And, wide, to, to, with); break;
            case 0x60: _a.Shift(Arm64Shift.Left, wide, to, to, with); break;
            case 0x70: _a.Shift(Arm64Shift.Right, wide, to, to, with); break;
            case 0x80: _a.Alu(Arm64Alu.Sub, wide, to, Zero, to); break;
            case 0x90: Remainder(wide, signed: false, to, with); break;
            case 0xa0: _a.Logic(Arm64Logic.Xor, wide, to, to, with); break;
            case 0xb0:
                if (!wide || to != with) _a.Move(wide, to, with);
                break;
            default: _a.Shift(Arm64Shift.ArithmeticRight, wide, to, to, with); break;
        }
    }

    private void WithConstant(int operation, bool wide, Arm64Register to, long constant)
    {
        switch (operation)
        {
            case 0x00: AddConstant(wide, to, to, constant); break;
            case 0x10: AddConstant(wide, to, to, -constant); break;
            case 0x20: MultiplyByConstant(wide, to, constant); break;
            case 0x30 or 0x90: DivideByConstant(wide, to, constant, isRemainder: operation == 0x90); break;
            case 0x40: Combine(Arm64Logic.Or, wide, to, to, constant); break;
            case 0x50: Combine(Arm64Logic.And, wide, to, to, constant); break;
            case 0x60: _a.Shift(Arm64Shift.Left, wide, to, to, (int)constant & (wide ? 63 : 31)); break;
            case 0x70: _a.Shift(Arm64Shift.Right, wide, to, to, (int)constant & (wide ? 63 : 31)); break;
            case 0xa0: Combine(Arm64Logic.Xor, wide, to, to, constant); break;
            case 0xb0: _a.Move(to, Whole(constant, wide)); break;
            default: _a.Shift(Arm64Shift.ArithmeticRight, wide, to, to, (int)constant & (wide ? 63 : 31)); break;
        }
    }

    private bool UncommonArithmetic(DecodedInstruction i, Arm64Register to, Arm64Register from)
    {
        switch (i.Operation)
        {
            case Operation.SignedDiv64: _a.Divide(true, signed: true, to, to, from); break;
            case Operation.SignedDiv32: _a.Divide(false, signed: true, to, to, from); break;
            case Operation.SignedMod64: Remainder(true, signed: true, to, from); break;
            case Operation.SignedMod32: Remainder(false, signed: true, to, from); break;
            case Operation.SignedDiv64Immediate: _a.Divide(true, signed: true, to, to, Constant(i.Immediate, wide: true)); break;
            case Operation.SignedDiv32Immediate: _a.Divide(false, signed: true, to, to, Constant(i.Immediate, wide: false)); break;
            case Operation.SignedMod64Immediate: Remainder(true, signed: true, to, Constant(i.Immediate, wide: true)); break;
            case Operation.SignedMod32Immediate: Remainder(false, signed: true, to, Constant(i.Immediate, wide: false)); break;
            case Operation.MovSigned8To64: _a.Extend(to, from, 1, signed: true, wide: true); break;
            case Operation.MovSigned16To64: _a.Extend(to, from, 2, signed: true, wide: true); break;
            case Operation.MovSigned32To64: _a.Extend(to, from, 4, signed: true, wide: true); break;
            case Operation.MovSigned8To32: _a.Extend(to, from, 1, signed: true, wide: false); break;
            case Operation.MovSigned16To32: _a.Extend(to, from, 2, signed: true, wide: false); break;
            case Operation.Truncate16: _a.Extend(to, to, 2, signed: false, wide: false); break;
            case Operation.Truncate32: _a.Move(false, to, to); break;
            case Operation.Swap32: _a.SwapBytes(false, to, to); break;
            case Operation.Swap64: _a.SwapBytes(true, to, to); break;
            case Operation.Swap16:
                _a.SwapHalfWords(to, to);
                _a.Extend(to, to, 2, signed: false, wide: false);
                break;
            default: return false;
        }

        return true;
    }

    /// <summary>Adds a constant; uses X9 when there is no room for it.</summary>
    private void AddConstant(bool wide, Arm64Register to, Arm64Register from, long constant)
    {
        if (Arm64Emitter.HasRoomFor(constant)) _a.Alu(Arm64Alu.Add, wide, to, from, (int)constant);
        else if (Arm64Emitter.HasRoomFor(-constant)) _a.Alu(Arm64Alu.Sub, wide, to, from, (int)-constant);
        else _a.Alu(Arm64Alu.Add, wide, to, from, Constant(constant, wide));
    }

    private void Combine(Arm64Logic operation, bool wide, Arm64Register to, Arm64Register from, long constant)
    {
        if (LogicalImmediate.TryEncode(Whole(constant, wide), wide, out uint fields)) _a.Logic(operation, wide, to, from, fields);
        else _a.Logic(operation, wide, to, from, Constant(constant, wide));
    }

    private void MultiplyByConstant(bool wide, Arm64Register to, long constant)
    {
        if (constant > 0 && long.IsPow2(constant)) _a.Shift(Arm64Shift.Left, wide, to, to, BitOperations.Log2((ulong)constant));
        else _a.Multiply(wide, to, to, Constant(constant, wide));
    }

    private void DivideByConstant(bool wide, Arm64Register to, long constant, bool isRemainder)
    {
        ulong divisor = Whole(constant, wide);
        if (!BitOperations.IsPow2(divisor))
        {
            var by = Constant(constant, wide);
            if (isRemainder) Remainder(wide, signed: false, to, by);
            else _a.Divide(wide, signed: false, to, to, by);
        }
        else if (isRemainder) Combine(Arm64Logic.And, wide, to, to, (long)divisor - 1);
        else _a.Shift(Arm64Shift.Right, wide, to, to, BitOperations.Log2(divisor));
    }

    // A quotient of zero, as of a division by zero, leaves the dividend.
    private void Remainder(bool wide, bool signed, Arm64Register to, Arm64Register by)
    {
        _a.Divide(wide, signed, X10, to, by);
        _a.SubtractProduct(wide, to, to, X10, by);
    }

    /// <summary>A register that holds a constant: X9, or the one that is zero.</summary>
    private Arm64Register Constant(long constant, bool wide)
    {
        if (constant == 0) return Zero;
        _a.Move(X9, Whole(constant, wide));
        return X9;
    }

    private static ulong Whole(long constant, bool wide) => wide ? (ulong)constant : (uint)constant;
}
