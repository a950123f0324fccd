// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Machine.Code;

namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>Which of the processor's conditions decides a conditional jump.</summary>
internal static class Arm64Conditions
{
    public static Arm64Condition Of(Operation operation) => ((int)operation & ConditionalJumps.ConditionMask) switch
    {
        0x10 => Arm64Condition.Equal,
        0x20 => Arm64Condition.Above,
        0x30 => Arm64Condition.AboveOrEqual,
        0x40 or 0x50 => Arm64Condition.NotEqual,
        0x60 => Arm64Condition.Greater,
        0x70 => Arm64Condition.GreaterOrEqual,
        0xa0 => Arm64Condition.Below,
        0xb0 => Arm64Condition.BelowOrEqual,
        0xc0 => Arm64Condition.Less,
        0xd0 => Arm64Condition.LessOrEqual,
        _ => throw new UnreachableException($"{operation} is no conditional jump"),
    };

    public static Arm64Condition Opposite(this Arm64Condition condition) => (Arm64Condition)((int)condition ^ 1);
}
