// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Machine.Code;

namespace Ruche.Bpf.Machine.Compilation;

/// <summary>Which of the processor's conditions decides a conditional jump.</summary>
internal static class X64Conditions
{
    public static X64Condition Of(Operation operation) => ((int)operation & ConditionalJumps.ConditionMask) switch
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
