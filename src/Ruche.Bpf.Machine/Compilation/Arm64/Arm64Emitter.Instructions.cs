// SPDX-License-Identifier: MIT
using static Ruche.Bpf.Machine.Compilation.Arm64.Arm64Register;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <content>Arithmetic and jumps. Without "wide" instructions work on 32 bits and clear the upper half of what they write.</content>
internal sealed partial class Arm64Emitter
{
    private const uint WideBit = 1u << 31;
    private const int ArithmeticBits = 12;
    private const int PartBits = 16;
    private const uint PartMask = 0xffff;

    public void Move(bool wide, Arm64Register to, Arm64Register from) => Logic(Arm64Logic.Or, wide, to, Zero, from);

    /// <summary>All 64 bits of a register, in the shortest form.</summary>
    public void Move(Arm64Register to, ulong value)
    {
        bool wide = value > uint.MaxValue;
        int parts = wide ? 4 : 2;
        int zeros = 0, ones = 0;
        for (int part = 0; part < parts; part++)
        {
            if (PartOf(value, part) == 0) zeros++;
            else if (PartOf(value, part) == PartMask) ones++;
        }

        bool isOneInstruction = Math.Max(zeros, ones) >= parts - 1;
        if (!isOneInstruction && LogicalImmediate.TryEncode(value, wide, out uint fields)) Logic(Arm64Logic.Or, wide, to, Zero, fields);
        else MoveParts(wide, to, value, parts, usual: ones > zeros ? PartMask : 0);
    }

    public void Alu(Arm64Alu operation, bool wide, Arm64Register to, Arm64Register left, Arm64Register right) =>
        Registers(0x0b00_0000 | ((uint)operation << 29), wide, to, left, right);

    /// <summary>With a constant that there is room for.</summary>
    public void Alu(Arm64Alu operation, bool wide, Arm64Register to, Arm64Register left, int constant)
    {
        bool isShifted = constant >> ArithmeticBits != 0;
        uint field = (isShifted ? 1u << 22 : 0) | ((uint)(isShifted ? constant >> ArithmeticBits : constant) << 10);
        Registers(0x1100_0000 | ((uint)operation << 29) | field, wide, to, left);
    }

    /// <summary>Whether there is room for a constant in a sum.</summary>
    public static bool HasRoomFor(long constant) => constant >> ArithmeticBits == 0 || (constant >> (2 * ArithmeticBits) == 0 && constant % (1 << ArithmeticBits) == 0);

    public void Logic(Arm64Logic operation, bool wide, Arm64Register to, Arm64Register left, Arm64Register right) =>
        Registers(0x0a00_0000 | ((uint)operation << 29), wide, to, left, right);

    /// <summary>With a constant as <see cref="LogicalImmediate"/> gives it.</summary>
    public void Logic(Arm64Logic operation, bool wide, Arm64Register to, Arm64Register left, uint constant) =>
        Registers(0x1200_0000 | ((uint)operation << 29) | constant, wide, to, left);

    /// <summary>Every bit the other way.</summary>
    public void Invert(bool wide, Arm64Register to, Arm64Register from) => Registers(0x2a20_0000, wide, to, Zero, from);

    public void Multiply(bool wide, Arm64Register to, Arm64Register left, Arm64Register right) => Registers(0x1b00_7c00, wide, to, left, right);

    /// <summary>A register less the product of two.</summary>
    public void SubtractProduct(bool wide, Arm64Register to, Arm64Register from, Arm64Register left, Arm64Register right) =>
        Registers(0x1b00_8000 | ((uint)from << 10), wide, to, left, right);

    /// <summary>By zero it gives zero, and the smallest number by minus one itself.</summary>
    public void Divide(bool wide, bool signed, Arm64Register to, Arm64Register left, Arm64Register right) =>
        Registers(signed ? 0x1ac0_0c00u : 0x1ac0_0800, wide, to, left, right);

    /// <summary>A shift by a register, which wraps at the width.</summary>
    public void Shift(Arm64Shift kind, bool wide, Arm64Register to, Arm64Register from, Arm64Register by) =>
        Registers(0x1ac0_2000 | ((uint)kind << 10), wide, to, from, by);

    public void Shift(Arm64Shift kind, bool wide, Arm64Register to, Arm64Register from, int by)
    {
        int last = wide ? 63 : 31;
        if (kind is Arm64Shift.Left) BitField(signed: false, wide, to, from, -by & last, last - by);
        else BitField(kind is Arm64Shift.ArithmeticRight, wide, to, from, by, last);
    }

    /// <summary>The lowest bytes, extended with zeros or their sign.</summary>
    public void Extend(Arm64Register to, Arm64Register from, int bytes, bool signed, bool wide) => BitField(signed, wide, to, from, 0, (bytes * 8) - 1);

    public void SwapBytes(bool wide, Arm64Register to, Arm64Register from) => Registers(wide ? 0x5ac0_0c00u : 0x5ac0_0800, wide, to, from);

    /// <summary>The two bytes of each half word.</summary>
    public void SwapHalfWords(Arm64Register to, Arm64Register from) => Registers(0x5ac0_0400, false, to, from);

    public void Call(int label) => Branch(0x9400_0000, label);

    public void Call(Arm64Register address) => Word(0xd63f_0000 | ((uint)address << 5));

    public void Return() => Word(0xd65f_03c0);

    public void Jump(int label) => Branch(0x1400_0000, label);

    public void Jump(Arm64Condition condition, int label) =>
        ConditionalBranch(0x5400_0000 | (uint)condition, 0x5400_0000 | (uint)condition.Opposite(), label);

    public void JumpIfZero(bool wide, Arm64Register register, int label) => JumpByZero(0x3400_0000, wide, register, label);

    public void JumpIfNotZero(bool wide, Arm64Register register, int label) => JumpByZero(0x3500_0000, wide, register, label);

    private void JumpByZero(uint opcode, bool wide, Arm64Register register, int label)
    {
        uint instruction = opcode | (wide ? WideBit : 0) | (uint)register;
        ConditionalBranch(instruction, instruction ^ (1u << 24), label);
    }

    // The first part comes with all others as they usually are; those that are not are put in one by one.
    private void MoveParts(bool wide, Arm64Register to, ulong value, int parts, uint usual)
    {
        int first = 0;
        while (first < parts - 1 && PartOf(value, first) == usual) first++;
        if (PartOf(value, first) == usual) first = 0;
        MovePart(usual == 0 ? 0x5280_0000u : 0x1280_0000, wide, to, first, PartOf(value, first) ^ usual);
        for (int part = first + 1; part < parts; part++)
            if (PartOf(value, part) != usual) MovePart(0x7280_0000, wide, to, part, PartOf(value, part));
    }

    private void MovePart(uint opcode, bool wide, Arm64Register to, int part, uint bits) =>
        Registers(opcode | ((uint)part << 21) | (bits << 5), wide, to, X0);

    private static uint PartOf(ulong value, int part) => (uint)(value >> (part * PartBits)) & PartMask;

    private void BitField(bool signed, bool wide, Arm64Register to, Arm64Register from, int rotation, int last) =>
        Registers((signed ? 0x1300_0000u : 0x5300_0000) | (wide ? 1u << 22 : 0) | ((uint)rotation << 16) | ((uint)last << 10), wide, to, from);

    private void Registers(uint opcode, bool wide, Arm64Register to, Arm64Register left, Arm64Register right = X0) =>
        Word(opcode | (wide ? WideBit : 0) | ((uint)right << 16) | ((uint)left << 5) | (uint)to);
}
