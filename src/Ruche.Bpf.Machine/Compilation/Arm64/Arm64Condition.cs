// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Compilation.Arm64;

/// <summary>What a conditional jump asks of the flags, under the processor's numbers; the opposite differs in the lowest bit.</summary>
internal enum Arm64Condition : byte
{
    Equal = 0,
    NotEqual = 1,
    AboveOrEqual = 2,
    Below = 3,
    Above = 8,
    BelowOrEqual = 9,
    GreaterOrEqual = 10,
    Less = 11,
    Greater = 12,
    LessOrEqual = 13,
}
