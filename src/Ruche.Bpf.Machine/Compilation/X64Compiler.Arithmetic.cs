// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;
using static Ruche.Bpf.Machine.Compilation.X64Registers;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>Arithmetic. A 32-bit result clears the upper half, which the processor does by itself.</content>
internal sealed partial class X64Compiler
{
    private bool Arithmetic(int slot, in DecodedInstruction i)
    {
        int operation = (int)i.Operation;
        if (operation <= byte.MaxValue && (operation & 7) is 4 or 7)
        {
            bool wide = (operation & 7) == 7;
            // The operations follow each other in the opcode's upper half, whatever class and second operand.
            bool hasRegister = (operation & 8) != 0;
            switch (operation & 0xf0)
            {
                case 0x00: Add(slot, i, wide, hasRegister); break;
                case 0x10: Subtract(slot, i, wide, hasRegister); break;
                case 0x20: Multiply(slot, i, wide, hasRegister); break;
                case 0x30: Divide(slot, i, wide, isRemainder: false, isConstant: !hasRegister); break;
                case 0x40: Or(slot, i, wide, hasRegister); break;
                case 0x50: Combine(slot, i, X64Alu.And, wide, hasRegister); break;
                case 0x60: ShiftLeft(slot, i, wide, hasRegister); break;
                case 0x70: Shift(slot, i, X64Shift.Right, wide, hasRegister); break;
                case 0x80:
                    _x.Negate(wide, Operand(slot, i));
                    Now(i.Destination, slot);
                    break;
                case 0x90: Divide(slot, i, wide, isRemainder: true, isConstant: !hasRegister); break;
                case 0xa0: Combine(slot, i, X64Alu.Xor, wide, hasRegister); break;
                case 0xb0: Move(slot, i, wide, hasRegister); break;
                default: Shift(slot, i, X64Shift.ArithmeticRight, wide, hasRegister); break;
            }

            return true;
        }

        switch (i.Operation)
        {
            case Operation.SignedDiv64Immediate or Operation.SignedDiv64: DivideSigned(slot, i, wide: true, isRemainder: false); break;
            case Operation.SignedMod64Immediate or Operation.SignedMod64: DivideSigned(slot, i, wide: true, isRemainder: true); break;
            case Operation.SignedDiv32Immediate or Operation.SignedDiv32: DivideSigned(slot, i, wide: false, isRemainder: false); break;
            case Operation.SignedMod32Immediate or Operation.SignedMod32: DivideSigned(slot, i, wide: false, isRemainder: true); break;
            case Operation.MovSigned8To64: Extend(slot, i, 1, signed: true, wide: true); break;
            case Operation.MovSigned16To64: Extend(slot, i, 2, signed: true, wide: true); break;
            case Operation.MovSigned32To64: Extend(slot, i, 4, signed: true, wide: true); break;
            case Operation.MovSigned8To32: Extend(slot, i, 1, signed: true, wide: false); break;
            case Operation.MovSigned16To32: Extend(slot, i, 2, signed: true, wide: false); break;
            case >= Operation.Truncate16 and <= Operation.Swap64 and not Operation.Nothing:
                Convert(i.Operation, Operand(slot, i));
                Now(i.Destination, slot);
                break;
            default: return false;
        }

        return true;
    }

    private void Convert(Operation operation, X64Register register)
    {
        switch (operation)
        {
            case Operation.Truncate16: _x.Extend(register, register, 2, signed: false, wide: false); break;
            case Operation.Truncate32: _x.Move(false, register, register); break;
            case Operation.Swap32: _x.SwapBytes(false, register); break;
            case Operation.Swap64: _x.SwapBytes(true, register); break;
            default:
                _x.SwapLowBytes(register);
                _x.Extend(register, register, 2, signed: false, wide: false);
                break;
        }
    }

    /// <summary>For an operation on one register: it holds its value.</summary>
    private X64Register Operand(int slot, in DecodedInstruction i)
    {
        Redefine(i.Destination, slot, 0);
        Settle(i.Destination);
        return Host(i.Destination);
    }

    /// <summary>An operation on two registers: the first one holds its value, the second one is where the result says.</summary>
    private X64Register Operands(int slot, in DecodedInstruction i, bool wide)
    {
        Redefine(i.Destination, slot, 1 << i.Source);
        Settle(i.Destination);
        return HostOf(i.Source, wide);
    }

    private void Extend(int slot, in DecodedInstruction i, int bytes, bool signed, bool wide)
    {
        Redefine(i.Destination, slot, 1 << i.Source);
        _x.Extend(Host(i.Destination), HostOf(i.Source, wide: false), bytes, signed, wide);
        Now(i.Destination, slot);
    }

    private void Move(int slot, in DecodedInstruction i, bool wide, bool hasRegister)
    {
        if (!hasRegister)
        {
            Redefine(i.Destination, slot, 0);
            _x.Move(Host(i.Destination), wide ? (ulong)i.Immediate : (uint)i.Immediate);
            Now(i.Destination, slot);
            return;
        }

        if (i.Source == 10)
        {
            Redefine(i.Destination, slot, 0);
            Defer(i.Destination, DeferredValue.Of(10) with { IsNarrow = !wide });
            return;
        }

        Redefine(i.Destination, slot, 1 << i.Source);
        var value = ValueOf(i.Source);
        if (value.Kind is DeferredKind.Bytes)
        {
            bool isLast = (_flow.LiveAfter(slot) & (1 << i.Source)) == 0 || i.Source == i.Destination;
            if (isLast && (wide || (value.Bytes * 8) + value.Shift <= 32))
            {
                Defer(i.Destination, value);
                if (i.Source != i.Destination)
                {
                    _slotOfBytes[i.Destination] = _slotOfBytes[i.Source];
                    _deferred &= ~(1 << i.Source);
                }

                return;
            }

            Settle(i.Source);
            value = DeferredValue.Of(i.Source);
        }

        // A sum that both are is worked out once.
        if (!value.IsCopy && value.Base != FramePointer && i.Source != i.Destination && (_flow.LiveAfter(slot) & (1 << i.Source)) != 0)
        {
            Settle(i.Source);
            value = DeferredValue.Of(i.Source);
        }

        // What is narrow already is copied whole.
        bool isNarrow = value.IsNarrow || (!wide && !(value.IsCopy && (_short & (1 << value.Base)) != 0));
        if (value.IsNarrow && value.IsCopy && (_short & (1 << value.Base)) != 0) isNarrow = false;
        Defer(i.Destination, value with { IsNarrow = isNarrow });
    }

    private void Add(int slot, in DecodedInstruction i, bool wide, bool hasRegister)
    {
        if (i.Destination != i.Source || !hasRegister) Redefine(i.Destination, slot, hasRegister ? 1 << i.Source : 0);
        else Redefine(i.Destination, slot, 0);
        if (SumOf(i, wide, hasRegister) is { } sum)
        {
            Defer(i.Destination, sum with { IsNarrow = !wide });
            return;
        }

        Combine(slot, i, X64Alu.Add, wide, hasRegister);
    }

    /// <summary>The sum as an address can express it; what is added is settled when it would be too much together.</summary>
    private DeferredValue? SumOf(in DecodedInstruction i, bool wide, bool hasRegister)
    {
        if (!hasRegister) return Sum(i.Destination, wide).Plus((int)i.Immediate);
        // Settling the one may settle the other: they are asked again.
        Sum(i.Destination, wide);
        var right = Sum(i.Source, wide);
        if (Sum(i.Destination, wide).Plus(right) is { } sum) return sum;
        Settle(i.Source);
        return Sum(i.Destination, wide).Plus(Sum(i.Source, wide));
    }

    private DeferredValue Sum(int register, bool wide) => wide ? WideSum(register) : NarrowSum(register);

    private void Subtract(int slot, in DecodedInstruction i, bool wide, bool hasRegister)
    {
        if (!hasRegister && i.Immediate != int.MinValue)
        {
            Redefine(i.Destination, slot, 0);
            if (Sum(i.Destination, wide).Plus(-(int)i.Immediate) is { } difference)
            {
                Defer(i.Destination, difference with { IsNarrow = !wide });
                return;
            }
        }

        Combine(slot, i, X64Alu.Sub, wide, hasRegister);
    }

    private void Combine(int slot, in DecodedInstruction i, X64Alu operation, bool wide, bool hasRegister)
    {
        if (!hasRegister)
        {
            // A mask of the lower half is shorter on it, and clears the upper half as the wide one does.
            bool isShorter = operation is X64Alu.And && i.Immediate >= 0;
            _x.Alu(operation, wide && !isShorter, Operand(slot, i), (int)i.Immediate);
            Now(i.Destination, slot);
            return;
        }

        var from = Operands(slot, i, wide);
        _x.Alu(operation, wide, Host(i.Destination), from);
        Now(i.Destination, slot);
    }

    private void Or(int slot, in DecodedInstruction i, bool wide, bool hasRegister)
    {
        if (hasRegister && i.Source != i.Destination && IsDeferred(i.Source) && IsDeferred(i.Destination)
            && (_flow.LiveAfter(slot) & (1 << i.Source)) == 0 && Joined(_values[i.Destination], _values[i.Source]) is { } joined
            && (wide || (joined.Bytes * 8) + joined.Shift <= 32))
        {
            Redefine(i.Destination, slot, 0);
            Defer(i.Destination, joined);
            _slotOfBytes[i.Destination] = Math.Min(_slotOfBytes[i.Destination], _slotOfBytes[i.Source]);
            _deferred &= ~(1 << i.Source);
            return;
        }

        Combine(slot, i, X64Alu.Or, wide, hasRegister);
    }

    /// <summary>Neighbouring bytes at neighbouring places of a number.</summary>
    private static DeferredValue? Joined(DeferredValue one, DeferredValue other)
    {
        if (one.Kind is not DeferredKind.Bytes || other.Kind is not DeferredKind.Bytes) return null;
        if (one.Base != other.Base || one.Index != other.Index || one.Scale != other.Scale) return null;
        var (low, high) = one.Displacement < other.Displacement ? (one, other) : (other, one);
        if (high.Displacement - low.Displacement != low.Bytes || high.Shift - low.Shift != low.Bytes * 8) return null;
        return low with { Bytes = (byte)(low.Bytes + high.Bytes) };
    }

    private void Multiply(int slot, in DecodedInstruction i, bool wide, bool hasRegister)
    {
        if (hasRegister)
        {
            var by = Operands(slot, i, wide);
            _x.Multiply(wide, Host(i.Destination), by);
            Now(i.Destination, slot);
            return;
        }

        int constant = (int)i.Immediate;
        Redefine(i.Destination, slot, 0);
        var value = Sum(i.Destination, wide);
        if (constant is 3 or 5 or 9 && value.IsCopy)
        {
            Defer(i.Destination, new(DeferredKind.Sum, value.Base, value.Base, constant switch { 3 => 1, 5 => 2, _ => 3 }, 0, IsNarrow: !wide));
            return;
        }

        if (constant is 2 or 4 or 8 && value.ShiftedLeft(int.Log2(constant)) is { } shifted)
        {
            Defer(i.Destination, shifted with { IsNarrow = !wide });
            return;
        }

        var from = HostOf(i.Destination, wide);
        if (constant > 0 && int.IsPow2(constant))
        {
            Settle(i.Destination);
            _x.Shift(X64Shift.Left, wide, Host(i.Destination), int.Log2(constant));
        }
        else _x.Multiply(wide, Host(i.Destination), from, constant);
        Now(i.Destination, slot);
    }

    private void ShiftLeft(int slot, in DecodedInstruction i, bool wide, bool hasRegister)
    {
        if (hasRegister)
        {
            Shift(slot, i, X64Shift.Left, wide, hasRegister);
            return;
        }

        int by = (int)i.Immediate & (wide ? 63 : 31);
        Redefine(i.Destination, slot, 0);
        if (IsDeferred(i.Destination) && _values[i.Destination] is { Kind: DeferredKind.Bytes } bytes
            && by % 8 == 0 && (bytes.Bytes * 8) + bytes.Shift + by <= (wide ? 64 : 32))
        {
            Defer(i.Destination, bytes with { Shift = (byte)(bytes.Shift + by) });
            return;
        }

        if (by is 1 or 2 or 3 && Sum(i.Destination, wide).ShiftedLeft(by) is { } shifted)
        {
            Defer(i.Destination, shifted with { IsNarrow = !wide });
            return;
        }

        Shift(slot, i, X64Shift.Left, wide, hasRegister);
    }

    private void Shift(int slot, in DecodedInstruction i, X64Shift kind, bool wide, bool hasRegister)
    {
        if (hasRegister)
        {
            var by = Operands(slot, i, wide: false);
            var to = Host(i.Destination);
            _x.Shift(kind, wide, to, to, by);
            Now(i.Destination, slot);
            return;
        }

        int constant = (int)i.Immediate & (wide ? 63 : 31);
        var register = Operand(slot, i);
        // By nothing, the processor leaves the upper half as it is.
        if (constant != 0) _x.Shift(kind, wide, register, constant);
        else if (!wide) _x.Move(false, register, register);
        Now(i.Destination, slot);
    }
}
