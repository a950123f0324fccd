// SPDX-License-Identifier: MIT
using System.Numerics;
using Ruche.Bpf.Machine.Code;
using static Ruche.Bpf.Machine.Compilation.X64Register;
using static Ruche.Bpf.Machine.Compilation.X64Registers;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>Divisions: by a constant a multiplication with its reciprocal, else the processor's, which wants RAX and RDX for itself.</content>
internal sealed partial class X64Compiler
{
    private const int ProgramRax = 0;
    private const int ProgramRdx = 3;

    private void Divide(int slot, in DecodedInstruction i, bool wide, bool isRemainder, bool isConstant)
    {
        if (isConstant)
        {
            Redefine(i.Destination, slot, 0);
            Settle(i.Destination);
            DivideByConstant(i.Destination, wide, isRemainder, wide ? (ulong)i.Immediate : (uint)i.Immediate, slot);
        }
        else
        {
            var by = Operands(slot, i, wide);
            // Of numbers that are short anyway the short division is the quicker one.
            bool isShort = wide && (_short & (1 << i.Destination)) != 0 && !IsDeferred(i.Source) && (_short & (1 << i.Source)) != 0;
            _x.Move(wide, R11, by);
            int end = _x.NewLabel();
            _x.Test(wide, R11, R11);
            _x.Jump(X64Condition.Equal, AddDivision(DetourKind.ByZero, slot, end, wide, isRemainder));
            DivideByR11(slot, i.Destination, wide && !isShort, signed: false, isRemainder, wide ? by : null);
            _x.Bind(end);
        }

        Now(i.Destination, slot);
    }

    private void DivideSigned(int slot, in DecodedInstruction i, bool wide, bool isRemainder)
    {
        bool isConstant = i.Operation is Operation.SignedDiv64Immediate or Operation.SignedMod64Immediate
            or Operation.SignedDiv32Immediate or Operation.SignedMod32Immediate;
        X64Register? divisor = null;
        if (isConstant)
        {
            Redefine(i.Destination, slot, 0);
            Settle(i.Destination);
            _x.Move(R11, wide ? (ulong)i.Immediate : (uint)i.Immediate);
        }
        else
        {
            var by = Operands(slot, i, wide);
            _x.Move(wide, R11, by);
            if (wide) divisor = by;
        }

        int end = _x.NewLabel();
        _x.Test(wide, R11, R11);
        _x.Jump(X64Condition.Equal, AddDivision(DetourKind.ByZero, slot, end, wide, isRemainder));
        _x.Alu(X64Alu.Compare, wide, R11, -1);
        _x.Jump(X64Condition.Equal, AddDivision(DetourKind.ByMinusOne, slot, end, wide, isRemainder));
        DivideByR11(slot, i.Destination, wide, signed: true, isRemainder, divisor);
        _x.Bind(end);
        Now(i.Destination, slot);
    }

    private int AddDivision(DetourKind kind, int slot, int end, bool wide, bool isRemainder)
    {
        int label = _x.NewLabel();
        _detours.Add(new(kind, label, end, slot) { IsWide = wide, IsRemainder = isRemainder });
        return label;
    }

    /// <summary>R11 has the divisor, all of it when it comes from a register of the program.</summary>
    private void DivideByR11(int slot, int destination, bool wide, bool signed, bool isRemainder, X64Register? divisor)
    {
        bool keepRax = destination != ProgramRax && IsWanted(ProgramRax, slot);
        bool keepRdx = destination != ProgramRdx && IsWanted(ProgramRdx, slot);
        if (keepRax && divisor != Rax) _x.Move(true, R10, Rax);
        if (keepRdx && divisor != Rdx) _x.Keep(Rdx);
        if (destination != ProgramRax) _x.Move(wide, Rax, Host(destination));
        if (signed) _x.ExtendIntoRdx(wide);
        else _x.Move(Rdx, 0);
        _x.Divide(wide, signed, R11);
        var result = isRemainder ? Rdx : Rax;
        if (Host(destination) != result) _x.Move(wide, Host(destination), result);
        if (keepRax) _x.Move(true, Rax, divisor == Rax ? R11 : R10);
        if (keepRdx && divisor == Rdx) _x.Move(true, Rdx, R11);
        else if (keepRdx) _x.Restore(Rdx);
    }

    private bool IsWanted(int register, int slot)
    {
        int mask = 1 << register;
        if ((_flow.LiveAfter(slot) & mask) != 0) return true;
        for (int other = 0; _deferred >> other != 0; other++)
            if (IsDeferred(other) && (_values[other].References & mask) != 0) return true;
        return false;
    }

    private void DivideByConstant(int destination, bool wide, bool isRemainder, ulong divisor, int slot)
    {
        var d = Host(destination);
        if (divisor == 0)
        {
            if (!isRemainder) _x.Move(d, 0);
            else if (!wide) _x.Move(false, d, d);
        }
        else if (BitOperations.IsPow2(divisor))
        {
            int by = BitOperations.Log2(divisor);
            if (isRemainder && by == 0) _x.Move(d, 0);
            else if (isRemainder) _x.Alu(X64Alu.And, false, d, (int)(divisor - 1)); // at most 31 bits: a constant is 32 bits wide
            else if (by > 0) _x.Shift(X64Shift.Right, wide, d, by);
            else if (!wide) _x.Move(false, d, d);
        }
        else if (divisor > int.MaxValue)
        {
            _x.Move(R11, divisor);
            DivideByR11(slot, destination, wide, signed: false, isRemainder, divisor: null);
        }
        else
        {
            bool keepRdx = destination != ProgramRdx && IsWanted(ProgramRdx, slot);
            QuotientInR11(destination, wide, divisor, keepRdx);
            if (!isRemainder) _x.Move(wide, d, R11);
            else
            {
                _x.Multiply(wide, R11, R11, (int)divisor);
                _x.Alu(X64Alu.Sub, wide, d, R11);
            }
        }
    }

    private void QuotientInR11(int destination, bool wide, ulong divisor, bool keepRdx)
    {
        var reciprocal = wide ? Reciprocal.Of(divisor) : Reciprocal.OfShort(divisor);
        var d = Host(destination);
        bool isLong = !wide && (_short & (1 << destination)) == 0;
        if (d == Rdx)
        {
            if (isLong) _x.Move(false, Rdx, Rdx);
            _x.Move(R11, reciprocal.Multiplier);
            if (reciprocal.ShiftBefore > 0)
            {
                _x.Move(true, R10, Rdx);
                _x.Shift(X64Shift.Right, true, Rdx, reciprocal.ShiftBefore);
            }

            _x.MultiplyHigh(R11, R11);
            if (reciprocal.ShiftBefore > 0) _x.Move(true, Rdx, R10);
        }
        else
        {
            if (keepRdx) _x.Move(true, R10, Rdx);
            if (isLong) _x.Move(false, d, d);
            _x.Move(Rdx, reciprocal.Multiplier);
            if (reciprocal.ShiftBefore > 0)
            {
                _x.Move(true, R11, d);
                _x.Shift(X64Shift.Right, true, R11, reciprocal.ShiftBefore);
                _x.MultiplyHigh(R11, R11);
            }
            else _x.MultiplyHigh(R11, d);
            if (keepRdx) _x.Move(true, Rdx, R10);
        }

        int shift = reciprocal.ShiftAfter;
        if (reciprocal.HasCarry)
        {
            // The multiplier has a 65th bit: the number is added once more, by halves so that nothing is lost.
            _x.Move(true, R10, d);
            _x.Alu(X64Alu.Sub, true, R10, R11);
            _x.Shift(X64Shift.Right, true, R10, 1);
            _x.Alu(X64Alu.Add, true, R11, R10);
            shift--;
        }

        if (shift > 0) _x.Shift(X64Shift.Right, true, R11, shift);
    }
}
