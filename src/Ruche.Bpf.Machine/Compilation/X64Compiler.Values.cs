// SPDX-License-Identifier: MIT
using static Ruche.Bpf.Machine.Compilation.X64Register;
using static Ruche.Bpf.Machine.Compilation.X64Registers;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>
/// Deferred values. Two rules keep them right: nothing is deferred across a jump or a place that is jumped to, and before a register gets
/// another value, those that are made of it are settled. By the second, no two of them are made of each other.
/// </content>
internal sealed partial class X64Compiler
{
    private const int Registers = 10; // the frame pointer never changes

    private readonly DeferredValue[] _values = new DeferredValue[Registers + 1];
    private readonly int[] _slotOfBytes = new int[Registers];
    private int _deferred; // which registers have one, a bit for each
    private int _short; // the registers whose upper half is zero: what is in them, whatever is deferred

    private bool IsDeferred(int register) => (_deferred & (1 << register)) != 0;

    private DeferredValue ValueOf(int register) => IsDeferred(register) ? _values[register] : DeferredValue.Of(register);

    private void Defer(int register, DeferredValue value)
    {
        _values[register] = value;
        bool isItself = value.IsCopy && value.Base == register && !value.IsNarrow;
        _deferred = isItself ? _deferred & ~(1 << register) : _deferred | (1 << register);
    }

    /// <summary>The register holds its value now: what an instruction has put there.</summary>
    private void Now(int register, int slot)
    {
        int mine = 1 << register;
        _deferred &= ~mine;
        _short = (_short & ~mine) | (_flow.ShortAfter(slot, _short & ~_deferred) & mine);
    }

    /// <summary>Before a register gets another value: what is made of it, and wanted later or by this instruction, is settled.</summary>
    private void Redefine(int register, int slot, int operands)
    {
        if (_deferred == 0) return;
        int wanted = (_flow.LiveAfter(slot) | operands) & _deferred & ~(1 << register);
        for (int other = 0; wanted >> other != 0; other++)
        {
            if ((wanted & (1 << other)) == 0) continue;
            if ((_values[other].References & (1 << register)) != 0) Settle(other);
        }
    }

    private void DropUnwanted(int wanted)
    {
        int unwanted = _deferred & ~wanted;
        if (unwanted == 0) return;
        if (!_isTrusted)
        {
            // A load whose value nobody wants is still a load.
            for (int register = 0; unwanted >> register != 0; register++)
                if ((unwanted & (1 << register)) != 0 && _values[register].Kind is DeferredKind.Bytes) Settle(register);
        }

        _deferred &= wanted;
    }

    private void SettleAll(int wanted)
    {
        DropUnwanted(wanted);
        for (int register = 0; _deferred >> register != 0; register++)
            if (IsDeferred(register)) Settle(register);
    }

    /// <summary>Before memory changes.</summary>
    private void SettleBytes()
    {
        for (int register = 0; _deferred >> register != 0; register++)
            if (IsDeferred(register) && _values[register].Kind is DeferredKind.Bytes) Settle(register);
    }

    /// <summary>Puts a deferred value into its register.</summary>
    private void Settle(int register)
    {
        if (!IsDeferred(register)) return;
        int mine = 1 << register;
        for (int other = 0; _deferred >> other != 0; other++)
            if (other != register && IsDeferred(other) && (_values[other].References & mine) != 0) Settle(other);

        var value = _values[register];
        _deferred &= ~mine;
        bool isShort = value.Kind is DeferredKind.Bytes
            ? (value.Bytes * 8) + value.Shift <= 32
            : value.IsNarrow || (value.IsCopy && (_short & (1 << value.Base)) != 0);
        if (value.Kind is DeferredKind.Bytes) SettleBytes(register, value);
        else SettleSum(Host(register), register, value);
        _short = isShort ? _short | mine : _short & ~mine;
    }

    private void SettleSum(X64Register to, int register, DeferredValue value)
    {
        bool wide = !value.IsNarrow;
        if (value.Index < 0 && value.Base >= 0)
        {
            if (value.Displacement == 0) _x.Move(wide, to, Host(value.Base));
            else if (value.Base == register) _x.Alu(X64Alu.Add, wide, to, value.Displacement);
            else _x.LoadAddress(wide, to, Address(value));
        }
        else if (value.Displacement == 0 && value.Scale == 0 && value.Base == register) _x.Alu(X64Alu.Add, wide, to, Host(value.Index));
        else if (value.Displacement == 0 && value.Scale == 0 && value.Index == register) _x.Alu(X64Alu.Add, wide, to, Host(value.Base));
        else if (value.Displacement == 0 && value.Base < 0 && value.Index == register) _x.Shift(X64Shift.Left, wide, to, value.Scale);
        else _x.LoadAddress(wide, to, Address(value));
    }

    private static X64Operand Address(DeferredValue value) => value.Base < 0 && value.Scale == 1
        ? new(Host(value.Index), Host(value.Index), 0, value.Displacement)
        : new(value.Base < 0 ? null : Host(value.Base), value.Index < 0 ? null : Host(value.Index), value.Scale, value.Displacement);

    /// <summary>A register that holds a value, of which the upper half counts or not. Settles it unless another register holds the same.</summary>
    private X64Register HostOf(int register, bool wide)
    {
        if (IsCopyOf(ValueOf(register), wide) is { } same) return Host(same);
        Settle(register);
        return Host(register);
    }

    private int? IsCopyOf(DeferredValue value, bool wide) =>
        value.IsCopy && (!wide || !value.IsNarrow || (_short & (1 << value.Base)) != 0) ? value.Base : null;

    /// <summary>The 64 bits of a value as a sum, if it is one.</summary>
    private DeferredValue WideSum(int register)
    {
        var value = ValueOf(register);
        if (value.Kind is DeferredKind.Sum && (!value.IsNarrow || IsCopyOf(value, wide: true) is not null)) return value with { IsNarrow = false };
        Settle(register);
        return DeferredValue.Of(register);
    }

    /// <summary>The lower half of a value as a sum.</summary>
    private DeferredValue NarrowSum(int register)
    {
        var value = ValueOf(register);
        if (value.Kind is DeferredKind.Sum) return value;
        Settle(register);
        return DeferredValue.Of(register);
    }

    // A number of bytes that no load has comes in two pieces or three.
    private void SettleBytes(int register, DeferredValue value)
    {
        var to = Host(register);
        int slot = _slotOfBytes[register];
        int bytes = value.Bytes;
        if (bytes is 1 or 2 or 4 or 8)
        {
            var at = Reach(slot, value, bytes, isWrite: false);
            _x.Load(to, at, bytes);
        }
        else
        {
            // The address may be made of this register: it is changed last.
            int first = bytes > 4 ? 4 : 2;
            _x.Load(R10, Reach(slot, value, first, isWrite: false), first);
            for (int done = first; done < bytes;)
            {
                int piece = bytes - done >= 2 ? 2 : 1;
                _x.Push(R10);
                _x.Load(R11, Reach(slot, value with { Displacement = value.Displacement + done }, piece, isWrite: false), piece);
                _x.Pop(R10);
                _x.Shift(X64Shift.Left, true, R11, done * 8);
                _x.Alu(X64Alu.Or, true, R10, R11);
                done += piece;
            }

            _x.Move(true, to, R10);
        }

        if (value.Shift > 0) _x.Shift(X64Shift.Left, true, to, value.Shift);
    }
}
