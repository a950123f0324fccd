// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Machine.Code;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>Conditional jumps: what is compared, and which of the processor's conditions decides.</summary>
internal static class X64Conditions
{
    // The conditions follow each other in the opcode's upper half, whatever class and second operand.
    private const int OperationMask = 0xf0;

    public static bool IsConditional(Operation operation) =>
        (int)operation <= byte.MaxValue && ((int)operation & 7) is 5 or 6 && ((int)operation & OperationMask) is not (0x00 or 0x80 or 0x90 or 0xe0 or 0xf0);

    public static bool IsNarrow(Operation operation) => ((int)operation & 7) == 6;

    public static bool HasRegister(Operation operation) => ((int)operation & 8) != 0;

    public static bool IsTest(Operation operation) => ((int)operation & OperationMask) == 0x40;

    public static X64Condition Of(Operation operation) => ((int)operation & OperationMask) switch
    {
        0x10 => X64Condition.Equal,
        0x20 => X64Condition.Above,
        0x30 => X64Condition.AboveOrEqual,
        0x40 or 0x50 => X64Condition.NotEqual,
        0x60 => X64Condition.Greater,
        0x70 => X64Condition.GreaterOrEqual,
        0xa0 => X64Condition.Below,
        0xb0 => X64Condition.BelowOrEqual,
        0xc0 => X64Condition.Less,
        0xd0 => X64Condition.LessOrEqual,
        _ => throw new UnreachableException($"{operation} is no conditional jump"),
    };

    public static X64Condition Opposite(this X64Condition condition) => (X64Condition)((int)condition ^ 1);
}
