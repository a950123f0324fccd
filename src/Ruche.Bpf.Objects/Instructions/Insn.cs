// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>Makes instruction slots: arithmetic here, memory and jumps in the other parts.</summary>
public static partial class Insn
{
    /// <summary>64-bit <c>destination = immediate</c>, sign-extended.</summary>
    public static Instruction Mov64(Register destination, int immediate) => Alu64(AluOperation.Mov, destination, immediate);

    /// <summary>64-bit <c>destination = source</c>.</summary>
    public static Instruction Mov64(Register destination, Register source) => Alu64(AluOperation.Mov, destination, source);

    /// <summary>32-bit <c>destination = immediate</c>, upper half zeroed.</summary>
    public static Instruction Mov32(Register destination, int immediate) => Alu32(AluOperation.Mov, destination, immediate);

    /// <summary>32-bit <c>destination = source</c>, upper half zeroed.</summary>
    public static Instruction Mov32(Register destination, Register source) => Alu32(AluOperation.Mov, destination, source);

    /// <summary>Copies the low <paramref name="bits"/> (8, 16 or 32) of the source, sign-extended to 64 bits.</summary>
    public static Instruction MovSx64(Register destination, Register source, int bits) =>
        Alu64(AluOperation.Mov, destination, source).WithOffset((short)bits);

    /// <summary>Copies the low <paramref name="bits"/> (8 or 16) of the source, sign-extended to 32 bits.</summary>
    public static Instruction MovSx32(Register destination, Register source, int bits) =>
        Alu32(AluOperation.Mov, destination, source).WithOffset((short)bits);

    /// <summary>64-bit arithmetic with an immediate.</summary>
    public static Instruction Alu64(AluOperation operation, Register destination, int immediate) =>
        new(Opcodes.Of(InstructionClass.Alu64, operation, register: false), destination, default, 0, immediate);

    /// <summary>64-bit arithmetic with a register.</summary>
    public static Instruction Alu64(AluOperation operation, Register destination, Register source) =>
        new(Opcodes.Of(InstructionClass.Alu64, operation, register: true), destination, source, 0, 0);

    /// <summary>32-bit arithmetic with an immediate.</summary>
    public static Instruction Alu32(AluOperation operation, Register destination, int immediate) =>
        new(Opcodes.Of(InstructionClass.Alu32, operation, register: false), destination, default, 0, immediate);

    /// <summary>32-bit arithmetic with a register.</summary>
    public static Instruction Alu32(AluOperation operation, Register destination, Register source) =>
        new(Opcodes.Of(InstructionClass.Alu32, operation, register: true), destination, source, 0, 0);

    /// <summary>64-bit negation.</summary>
    public static Instruction Neg64(Register destination) => Alu64(AluOperation.Neg, destination, 0);

    /// <summary>32-bit negation.</summary>
    public static Instruction Neg32(Register destination) => Alu32(AluOperation.Neg, destination, 0);

    /// <summary>The signed form of a division or remainder. Linux 6.6.</summary>
    public static Instruction Signed(Instruction divisionOrRemainder) => divisionOrRemainder.WithOffset(1);

    /// <summary>Byte-order conversion of the low <paramref name="bits"/> (16, 32 or 64); the rest is zeroed.</summary>
    public static Instruction Endian(EndianOperation operation, Register destination, int bits) =>
        new((byte)operation, destination, default, 0, bits);

    /// <summary>Casts a pointer between address spaces (arena is 1, kernel is 0).</summary>
    public static Instruction AddressSpaceCast(Register destination, Register source, int toSpace, int fromSpace) =>
        new(Opcodes.Mov64Register, destination, source, Opcodes.AddressSpaceCast, (toSpace << 16) | (fromSpace & 0xffff));
}
