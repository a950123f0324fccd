// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using static Ruche.Bpf.Machine.Compilation.X64Register;

namespace Ruche.Bpf.Machine.Compilation;

/// <content>The instructions. Without "wide" they work on 32 bits and clear the upper half of what they write.</content>
internal sealed partial class X64Emitter
{
    private const int Lock = 0xf0;
    private const int HalfPrefix = 0x66;

    public void Move(bool wide, X64Register to, X64Register from) => Registers(wide, 0x89, (int)from, to);

    /// <summary>All 64 bits of a register, in the shortest form; changes the flags.</summary>
    public void Move(X64Register to, ulong value)
    {
        if (value == 0)
        {
            Alu(X64Alu.Xor, false, to, to);
            return;
        }

        if (value > uint.MaxValue && (long)value == (int)(long)value)
        {
            Registers(true, 0xc7, 0, to);
            Word((int)value);
            return;
        }

        bool isLong = value > uint.MaxValue;
        Reserve();
        int rex = (isLong ? 8 : 0) | ((int)to >> 3);
        if (rex != 0) Byte(0x40 | rex);
        Byte(0xb8 | ((int)to & 7));
        if (!isLong)
        {
            Word((int)value);
            return;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(_code.AsSpan(Length), value);
        Length += sizeof(ulong);
    }

    public void Alu(X64Alu operation, bool wide, X64Register to, X64Register with) => Registers(wide, ((int)operation << 3) | 1, (int)with, to);

    public void Alu(X64Alu operation, bool wide, X64Register to, int with)
    {
        bool isShort = (sbyte)with == with;
        Registers(wide, isShort ? 0x83 : 0x81, (int)operation, to);
        if (isShort) Byte(with);
        else Word(with);
    }

    public void Alu(X64Alu operation, bool wide, X64Register to, X64Operand with) => Memory(wide, ((int)operation << 3) | 3, (int)to, with);

    public void Alu(X64Alu operation, bool wide, X64Operand to, int with)
    {
        bool isShort = (sbyte)with == with;
        Memory(wide, isShort ? 0x83 : 0x81, (int)operation, to);
        if (isShort) Byte(with);
        else Word(with);
    }

    public void Test(bool wide, X64Register left, X64Register right) => Registers(wide, 0x85, (int)right, left);

    public void Test(bool wide, X64Register left, int right)
    {
        Registers(wide, 0xf7, 0, left);
        Word(right);
    }

    public void Negate(bool wide, X64Register register) => Registers(wide, 0xf7, 3, register);

    public void Multiply(bool wide, X64Register to, X64Register by) => Registers(wide, 0x0faf, (int)to, by);

    public void Multiply(bool wide, X64Register to, X64Register from, int by)
    {
        bool isShort = (sbyte)by == by;
        Registers(wide, isShort ? 0x6b : 0x69, (int)to, from);
        if (isShort) Byte(by);
        else Word(by);
    }

    /// <summary>The upper half of RDX times a register.</summary>
    public void MultiplyHigh(X64Register to, X64Register by) => Vex(0xf6, 2, 3, true, to, to, by);

    /// <summary>RDX:RAX by a register.</summary>
    public void Divide(bool wide, bool signed, X64Register by) => Registers(wide, 0xf7, signed ? 7 : 6, by);

    /// <summary>The sign of RAX in all of RDX.</summary>
    public void ExtendIntoRdx(bool wide)
    {
        Reserve();
        if (wide) Byte(0x48);
        Byte(0x99);
    }

    public void Shift(X64Shift kind, bool wide, X64Register register, int by)
    {
        Registers(wide, 0xc1, (int)kind, register);
        Byte(by);
    }

    /// <summary>A shift by a register, which wraps at the width.</summary>
    public void Shift(X64Shift kind, bool wide, X64Register to, X64Register from, X64Register by) =>
        Vex(0xf7, 2, kind switch { X64Shift.Left => 1, X64Shift.ArithmeticRight => 2, _ => 3 }, wide, to, by, from);

    public void SwapBytes(bool wide, X64Register register)
    {
        Reserve();
        int rex = (wide ? 8 : 0) | ((int)register >> 3);
        if (rex != 0) Byte(0x40 | rex);
        Byte(0x0f);
        Byte(0xc8 | ((int)register & 7));
    }

    /// <summary>Exchanges the two low bytes and leaves the others.</summary>
    public void SwapLowBytes(X64Register register)
    {
        Registers(false, 0xc1, (int)X64Shift.RotateLeft, register, prefix: HalfPrefix);
        Byte(8);
    }

    public void Extend(X64Register to, X64Register from, int bytes, bool signed, bool wide)
    {
        if (bytes == 4 && !signed) Move(false, to, from);
        else Registers(wide, ExtendingOpcode(bytes, signed), (int)to, from, isByte: bytes == 1);
    }

    /// <summary>A load of 1, 2, 4 or 8 bytes, extended to 64.</summary>
    public void Load(X64Register to, X64Operand from, int bytes, bool signed = false)
    {
        if (bytes == 8 || (bytes == 4 && !signed)) Memory(bytes == 8, 0x8b, (int)to, from);
        else Memory(signed, ExtendingOpcode(bytes, signed), (int)to, from);
    }

    public void Store(X64Operand to, X64Register from, int bytes) =>
        Memory(bytes == 8, bytes == 1 ? 0x88 : 0x89, (int)from, to, isByte: bytes == 1, prefix: bytes == 2 ? HalfPrefix : 0);

    /// <summary>A store of a constant, sign-extended to the width.</summary>
    public void Store(X64Operand to, int value, int bytes)
    {
        Memory(bytes == 8, bytes == 1 ? 0xc6 : 0xc7, 0, to, prefix: bytes == 2 ? HalfPrefix : 0);
        if (bytes == 1) Byte(value);
        else if (bytes == 2)
        {
            Byte(value);
            Byte(value >> 8);
        }
        else Word(value);
    }

    public void LoadAddress(bool wide, X64Register to, X64Operand address) => Memory(wide, 0x8d, (int)to, address);

    public void LockedAlu(X64Alu operation, bool wide, X64Operand at, X64Register with) =>
        Memory(wide, ((int)operation << 3) | 1, (int)with, at, prefix: Lock);

    public void LockedExchangeAdd(bool wide, X64Operand at, X64Register with) => Memory(wide, 0x0fc1, (int)with, at, prefix: Lock);

    public void LockedCompareExchange(bool wide, X64Operand at, X64Register with) => Memory(wide, 0x0fb1, (int)with, at, prefix: Lock);

    public void Exchange(bool wide, X64Operand at, X64Register with) => Memory(wide, 0x87, (int)with, at);

    public void Increment(X64Operand at) => Memory(false, 0xff, 0, at);

    public void Decrement(X64Operand at) => Memory(false, 0xff, 1, at);

    public void Push(X64Register register) => Short(0x50, register);

    public void Pop(X64Register register) => Short(0x58, register);

    public void Return()
    {
        Reserve();
        Byte(0xc3);
    }

    public void Call(int label) => Branch(0xe8, label);

    public void Call(X64Register address) => Registers(false, 0xff, 2, address);

    public void Jump(int label)
    {
        if (!ShortJump(0xeb, label)) Branch(0xe9, label);
    }

    public void Jump(X64Condition condition, int label)
    {
        if (!ShortJump(0x70 | (int)condition, label)) Branch(0x0f80 | (int)condition, label);
    }

    /// <summary>XMM0 keeps a register.</summary>
    public void Keep(X64Register register) => Vex(0x6e, 1, 1, true, Rax, Rax, register);

    /// <summary>A register as XMM0 keeps it.</summary>
    public void Restore(X64Register register) => Vex(0x7e, 1, 1, true, Rax, Rax, register);

    /// <summary>YMM0 of zeros.</summary>
    public void ClearVector() => Vex(0xef, 1, 1, false, Rax, Rax, Rax);

    /// <summary>YMM0 to 32 bytes of memory at RBP.</summary>
    public void StoreVectorBelowFrame(int displacement)
    {
        Reserve();
        Byte(0xc5);
        Byte(0xfe);
        Byte(0x7f);
        Place(0, X64Operand.At(Rbp, displacement));
    }

    /// <summary>What other code expects after YMM registers were used.</summary>
    public void EndVectors()
    {
        Reserve();
        Byte(0xc5);
        Byte(0xf8);
        Byte(0x77);
    }

    private static int ExtendingOpcode(int bytes, bool signed) => (bytes, signed) switch
    {
        (1, false) => 0x0fb6,
        (1, _) => 0x0fbe,
        (2, false) => 0x0fb7,
        (2, _) => 0x0fbf,
        _ => 0x63,
    };

    private void Short(int opcode, X64Register register)
    {
        Reserve();
        if (register >= R8) Byte(0x41);
        Byte(opcode | ((int)register & 7));
    }

    // Back to what is near; forward it is not known how far.
    private bool ShortJump(int opcode, int label)
    {
        int distance = _labels[label] - (Length + 2);
        if (_labels[label] < 0 || distance < sbyte.MinValue) return false;
        Reserve();
        Byte(opcode);
        Byte(distance);
        return true;
    }

    private void Branch(int opcode, int label)
    {
        Reserve();
        Opcode(opcode);
        _jumps.Add((Length, label));
        Word(0);
    }

    /// <summary>An instruction with a three-byte prefix and three registers.</summary>
    private void Vex(int opcode, int map, int prefix, bool wide, X64Register reg, X64Register first, X64Register rm)
    {
        Reserve();
        Byte(0xc4);
        Byte((reg >= R8 ? 0 : 0x80) | 0x40 | (rm >= R8 ? 0 : 0x20) | map);
        Byte((wide ? 0x80 : 0) | ((~(int)first & 15) << 3) | prefix);
        Byte(opcode);
        Byte(0xc0 | (((int)reg & 7) << 3) | ((int)rm & 7));
    }
}
