// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Code;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>What the operation of a conditional jump says, whatever the processor.</summary>
internal static class ConditionalJumps
{
    /// <summary>What is asked; the conditions follow each other in the opcode's upper half, whatever class and second operand.</summary>
    public const int ConditionMask = 0xf0;

    public static bool IsConditional(Operation operation) =>
        (int)operation <= byte.MaxValue && ((int)operation & 7) is 5 or 6 && ((int)operation & ConditionMask) is not (0x00 or 0x80 or 0x90 or 0xe0 or 0xf0);

    public static bool IsNarrow(Operation operation) => ((int)operation & 7) == 6;

    public static bool HasRegister(Operation operation) => ((int)operation & 8) != 0;

    public static bool IsTest(Operation operation) => ((int)operation & ConditionMask) == 0x40;
}
