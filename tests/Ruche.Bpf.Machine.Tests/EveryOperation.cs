// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Instructions;
using static Ruche.Bpf.Machine.Tests.Operations;

namespace Ruche.Bpf.Machine.Tests;

/// <summary>
/// A program for each operation on numbers and each condition, with a register and with constants: it goes through all pairs of values at which
/// engines may differ, reads them from the beginning of its memory, and leaves the results behind them.
/// </summary>
internal static class EveryOperation
{
    private static readonly ulong[] Values =
    [
        0, 1, 2, 3, 7, 8, 10, 31, 32, 33, 63, 64, 65, 0x80, 0xff, 0xfff, 0x1000, 0x1001, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, 0x8000_0001, 0xffff_ffff,
        0x1_0000_0000, 0x1234_5678_9abc_def0, 0x7fff_ffff_ffff_ffff, 0x8000_0000_0000_0000, 0xffff_ffff_0000_0000, ulong.MaxValue - 1, ulong.MaxValue,
    ];

    private static readonly int[] Constants =
    [
        0, 1, 2, 3, 5, 7, 8, 9, 10, 31, 32, 33, 63, 64, 65, 127, 128, 255, 1000, 4095, 4096, 4097, 0xff_f000, 0x100_0000, 0x1234_5678, 0x5555_5555, 0x00ff_00ff,
        int.MaxValue, int.MinValue, -1, -2, -3, -8, -128, -4095, -4096, -4097, -0x10_0000,
    ];

    /// <summary>The programs, by what they are about, with what they run on: all values, and room for the results.</summary>
    public static IEnumerable<(string Name, ImmutableArray<Instruction> Code, byte[] Memory)> Programs =>
    [
        .. Computations().Select(i => ($"{i}", Program(i.UsesRegister, $"{i}\nr4 = r2"), Memory(i.UsesRegister))),
        .. Jumps().Select(i => ($"{i}", Program(i.UsesRegister, $"r4 = 1\n{i}\nr4 = 0"), Memory(i.UsesRegister))),
    ];

    private static IEnumerable<Instruction> Computations()
    {
        foreach (var @class in (InstructionClass[])[InstructionClass.Alu64, InstructionClass.Alu32])
        {
            foreach (var operation in Binary)
            {
                foreach (short offset in operation is AluOperation.Div or AluOperation.Mod ? (short[])[0, 1] : [0])
                {
                    yield return new(Opcodes.Of(@class, operation, register: true), Register.R2, Register.R3, offset, 0);
                    foreach (int constant in Constants) yield return new(Opcodes.Of(@class, operation, register: false), Register.R2, default, offset, constant);
                }
            }

            yield return new(Opcodes.Of(@class, AluOperation.Neg, register: false), Register.R2, default, 0, 0);
            foreach (short width in @class is InstructionClass.Alu64 ? (short[])[8, 16, 32] : [8, 16])
                yield return new(Opcodes.Of(@class, AluOperation.Mov, register: true), Register.R2, Register.R3, width, 0);
        }

        foreach (var order in Enum.GetValues<EndianOperation>())
            foreach (int width in (int[])[16, 32, 64]) yield return new((byte)order, Register.R2, default, 0, width);
    }

    private static IEnumerable<Instruction> Jumps()
    {
        foreach (var @class in (InstructionClass[])[InstructionClass.Jump, InstructionClass.Jump32])
        {
            foreach (var condition in Conditions)
            {
                yield return new(Opcodes.Of(@class, condition, register: true), Register.R2, Register.R3, 1, 0);
                foreach (int constant in Constants) yield return new(Opcodes.Of(@class, condition, register: false), Register.R2, default, 1, constant);
            }
        }
    }

    // For each value of R2, and of R3 where that is used: what the instructions leave in R4.
    private static ImmutableArray<Instruction> Program(bool hasPairs, string instructions) => [.. Assembler.Assemble(
        $"""
        r6 = r1
        r7 = r1
        r7 += {Values.Length * sizeof(ulong)}
        r8 = r7
        left: r9 = r1
        right: r2 = *(u64 *)(r6 + 0)
        r3 = *(u64 *)(r9 + 0)
        {instructions}
        *(u64 *)(r7 + 0) = r4
        r7 += 8
        r9 += 8
        {(hasPairs ? "if r9 < r8 goto right" : "")}
        r6 += 8
        if r6 < r8 goto left
        r0 = 0
        exit
        """)];

    private static byte[] Memory(bool hasPairs)
    {
        byte[] memory = new byte[Values.Length * (1 + (hasPairs ? Values.Length : 1)) * sizeof(ulong)];
        for (int i = 0; i < Values.Length; i++) BinaryPrimitives.WriteUInt64LittleEndian(memory.AsSpan(i * sizeof(ulong)), Values[i]);
        return memory;
    }
}
