// SPDX-License-Identifier: MIT
using System.Numerics;
using Iced.Intel;
using Ruche.Bpf.Machine.Code;
using static Iced.Intel.AssemblerRegisters;
using static Ruche.Bpf.Machine.Compilation.X64Registers;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>Arithmetic. A 32-bit result clears the upper half, which the processor does by itself.</content>
internal sealed partial class X64Compiler
{
    private bool Arithmetic(DecodedInstruction i)
    {
        if (IsPlain(i.Operation, 7)) return Wide64(i);
        if (IsPlain(i.Operation, 4)) return Narrow32(i);
        var (wide, narrow) = (Wide[i.Destination], Narrow[i.Destination]);
        switch (i.Operation)
        {
            case >= Operation.SignedDiv64Immediate and <= Operation.SignedMod32: SignedDivision(i); break;
            case Operation.MovSigned8To64: _c.movsx(wide, Low[i.Source]); break;
            case Operation.MovSigned16To64: _c.movsx(wide, Short[i.Source]); break;
            case Operation.MovSigned32To64: _c.movsxd(wide, Narrow[i.Source]); break;
            case Operation.MovSigned8To32: _c.movsx(narrow, Low[i.Source]); break;
            case Operation.MovSigned16To32: _c.movsx(narrow, Short[i.Source]); break;
            case Operation.Truncate16: _c.movzx(narrow, Short[i.Destination]); break;
            case Operation.Truncate32: _c.mov(narrow, narrow); break;
            case Operation.Swap32: _c.bswap(narrow); break;
            case Operation.Swap64: _c.bswap(wide); break;
            case Operation.Swap16:
                _c.rol(Short[i.Destination], 8);
                _c.movzx(narrow, Short[i.Destination]);
                break;
            default: return false;
        }

        return true;
    }

    private static bool IsPlain(Operation operation, int @class) => (int)operation <= byte.MaxValue && ((int)operation & 7) == @class;

    private bool Wide64(DecodedInstruction i)
    {
        var d = Wide[i.Destination];
        var s = Wide[i.Source];
        int constant = (int)i.Immediate;
        switch (i.Operation)
        {
            case Operation.Add64Immediate: _c.add(d, constant); break;
            case Operation.Sub64Immediate: _c.sub(d, constant); break;
            case Operation.Mul64Immediate: _c.imul(d, d, constant); break;
            case Operation.Or64Immediate: _c.or(d, constant); break;
            case Operation.And64Immediate: _c.and(d, constant); break;
            case Operation.Xor64Immediate: _c.xor(d, constant); break;
            case Operation.Lsh64Immediate: _c.shl(d, (byte)(constant & 63)); break;
            case Operation.Rsh64Immediate: _c.shr(d, (byte)(constant & 63)); break;
            case Operation.Arsh64Immediate: _c.sar(d, (byte)(constant & 63)); break;
            case Operation.Mov64Immediate: Load(d, (ulong)i.Immediate); break;
            case Operation.Add64: _c.add(d, s); break;
            case Operation.Sub64: _c.sub(d, s); break;
            case Operation.Mul64: _c.imul(d, s); break;
            case Operation.Or64: _c.or(d, s); break;
            case Operation.And64: _c.and(d, s); break;
            case Operation.Xor64: _c.xor(d, s); break;
            case Operation.Lsh64: _c.shlx(d, d, s); break;
            case Operation.Rsh64: _c.shrx(d, d, s); break;
            case Operation.Arsh64: _c.sarx(d, d, s); break;
            case Operation.Mov64: _c.mov(d, s); break;
            case Operation.Neg64: _c.neg(d); break;
            case Operation.Div64Immediate or Operation.Mod64Immediate: DivisionByConstant(i, isWide: true); break;
            default: Division(i, isWide: true); break;
        }

        return true;
    }

    private bool Narrow32(DecodedInstruction i)
    {
        var d = Narrow[i.Destination];
        var s = Narrow[i.Source];
        int constant = (int)i.Immediate;
        switch (i.Operation)
        {
            case Operation.Add32Immediate: _c.add(d, constant); break;
            case Operation.Sub32Immediate: _c.sub(d, constant); break;
            case Operation.Mul32Immediate: _c.imul(d, d, constant); break;
            case Operation.Or32Immediate: _c.or(d, constant); break;
            case Operation.And32Immediate: _c.and(d, constant); break;
            case Operation.Xor32Immediate: _c.xor(d, constant); break;
            case Operation.Lsh32Immediate: Shift(_c.shl, d, constant); break;
            case Operation.Rsh32Immediate: Shift(_c.shr, d, constant); break;
            case Operation.Arsh32Immediate: Shift(_c.sar, d, constant); break;
            case Operation.Mov32Immediate: Load(Wide[i.Destination], (uint)constant); break;
            case Operation.Add32: _c.add(d, s); break;
            case Operation.Sub32: _c.sub(d, s); break;
            case Operation.Mul32: _c.imul(d, s); break;
            case Operation.Or32: _c.or(d, s); break;
            case Operation.And32: _c.and(d, s); break;
            case Operation.Xor32: _c.xor(d, s); break;
            case Operation.Lsh32: _c.shlx(d, d, s); break;
            case Operation.Rsh32: _c.shrx(d, d, s); break;
            case Operation.Arsh32: _c.sarx(d, d, s); break;
            case Operation.Mov32: _c.mov(d, s); break;
            case Operation.Neg32: _c.neg(d); break;
            case Operation.Div32Immediate or Operation.Mod32Immediate: DivisionByConstant(i, isWide: false); break;
            default: Division(i, isWide: false); break;
        }

        return true;
    }

    // By nothing, the processor leaves the upper half as it is.
    private void Shift(Action<AssemblerRegister32, byte> shift, AssemblerRegister32 d, int constant)
    {
        if ((constant & 31) == 0) _c.mov(d, d);
        else shift(d, (byte)(constant & 31));
    }

    private void Load(AssemblerRegister64 register, ulong value)
    {
        int number = Array.IndexOf(Wide, register);
        if (value == 0) _c.xor(Narrow[number], Narrow[number]);
        else if (value <= uint.MaxValue) _c.mov(Narrow[number], (uint)value);
        else if ((long)value == (int)(long)value) _c.mov(register, (long)value);
        else _c.mov(register, value);
    }

    private void DivisionByConstant(DecodedInstruction i, bool isWide)
    {
        ulong divisor = isWide ? (ulong)i.Immediate : (uint)i.Immediate;
        bool isRemainder = i.Operation is Operation.Mod64Immediate or Operation.Mod32Immediate;
        if (BitOperations.IsPow2(divisor) && divisor <= 1u << 30)
        {
            var d = Narrow[i.Destination];
            if (isRemainder && divisor == 1) _c.xor(d, d);
            else if (isRemainder) _c.and(d, (int)(divisor - 1));
            else if (isWide) _c.shr(Wide[i.Destination], (byte)BitOperations.Log2(divisor));
            else Shift(_c.shr, d, BitOperations.Log2(divisor));
            return;
        }

        Load(r11, r11d, divisor);
        Divide(i.Destination, isWide, isRemainder);
    }

    private void Load(AssemblerRegister64 wide, AssemblerRegister32 narrow, ulong value)
    {
        if (value <= uint.MaxValue) _c.mov(narrow, (uint)value);
        else _c.mov(wide, value);
    }

    private void Division(DecodedInstruction i, bool isWide)
    {
        if (isWide) _c.mov(r11, Wide[i.Source]);
        else _c.mov(r11d, Narrow[i.Source]);
        Divide(i.Destination, isWide, i.Operation is Operation.Mod64 or Operation.Mod32);
    }

    // The divisor is in r11.
    private void Divide(int destination, bool isWide, bool isRemainder)
    {
        var (zero, end) = (_c.CreateLabel(), _c.CreateLabel());
        _c.test(r11, r11);
        _c.je(zero);
        _c.mov(r10, rax);
        _c.mov(r9, rdx);
        if (isWide) _c.mov(rax, Wide[destination]);
        else _c.mov(eax, Narrow[destination]);
        _c.xor(edx, edx);
        if (isWide) _c.div(r11);
        else _c.div(r11d);
        Result(destination, isRemainder);
        _c.Label(ref end);
        _c.zero_bytes();
        ByZero(destination, isWide, isRemainder, zero, end);
    }

    // What was in rax and rdx is in r10 and r9.
    private void Result(int destination, bool isRemainder)
    {
        _c.mov(r11, isRemainder ? rdx : rax);
        _c.mov(rax, r10);
        _c.mov(rdx, r9);
        _c.mov(Wide[destination], r11);
    }

    private void ByZero(int destination, bool isWide, bool isRemainder, Label zero, Label end) => _outOfLine.Add(() =>
    {
        _c.Label(ref zero);
        if (!isRemainder) _c.xor(Narrow[destination], Narrow[destination]);
        else if (!isWide) _c.mov(Narrow[destination], Narrow[destination]);
        _c.jmp(end);
    });

    private void SignedDivision(DecodedInstruction i)
    {
        bool isWide = i.Operation is Operation.SignedDiv64 or Operation.SignedDiv64Immediate or Operation.SignedMod64 or Operation.SignedMod64Immediate;
        bool isRemainder = i.Operation is Operation.SignedMod64 or Operation.SignedMod64Immediate or Operation.SignedMod32 or Operation.SignedMod32Immediate;
        bool isConstant = i.Operation is Operation.SignedDiv64Immediate or Operation.SignedMod64Immediate
            or Operation.SignedDiv32Immediate or Operation.SignedMod32Immediate;
        if (isConstant) Load(r11, r11d, isWide ? (ulong)i.Immediate : (uint)i.Immediate);
        else if (isWide) _c.mov(r11, Wide[i.Source]);
        else _c.mov(r11d, Narrow[i.Source]);

        var (zero, minusOne, end) = (_c.CreateLabel(), _c.CreateLabel(), _c.CreateLabel());
        _c.test(r11, r11);
        _c.je(zero);
        if (isWide) _c.cmp(r11, -1);
        else _c.cmp(r11d, -1);
        _c.je(minusOne);
        _c.mov(r10, rax);
        _c.mov(r9, rdx);
        if (isWide)
        {
            _c.mov(rax, Wide[i.Destination]);
            _c.cqo();
            _c.idiv(r11);
        }
        else
        {
            _c.mov(eax, Narrow[i.Destination]);
            _c.cdq();
            _c.idiv(r11d);
        }

        Result(i.Destination, isRemainder);
        if (!isWide) _c.mov(Narrow[i.Destination], Narrow[i.Destination]);
        _c.Label(ref end);
        _c.zero_bytes();
        ByZero(i.Destination, isWide, isRemainder, zero, end);
        _outOfLine.Add(() => ByMinusOne(i.Destination, isWide, isRemainder, minusOne, end));
    }

    // The processor traps where the quotient does not fit.
    private void ByMinusOne(int destination, bool isWide, bool isRemainder, Label minusOne, Label end)
    {
        _c.Label(ref minusOne);
        if (isRemainder) _c.xor(Narrow[destination], Narrow[destination]);
        else if (isWide) _c.neg(Wide[destination]);
        else _c.neg(Narrow[destination]);
        _c.jmp(end);
    }
}
