// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Compiler.Emission;

/// <summary>Conditional jumps the other way round.</summary>
internal static class TurnedJump
{
    /// <summary>The jump that is taken when another is not; null when the target has none.</summary>
    public static Instruction? Of(Instruction jump, TargetProfile target)
    {
        JumpOperation? opposite = jump.JumpOperation switch
        {
            JumpOperation.Equal => JumpOperation.NotEqual,
            JumpOperation.NotEqual => JumpOperation.Equal,
            JumpOperation.Less => JumpOperation.GreaterOrEqual,
            JumpOperation.GreaterOrEqual => JumpOperation.Less,
            JumpOperation.Greater => JumpOperation.LessOrEqual,
            JumpOperation.LessOrEqual => JumpOperation.Greater,
            JumpOperation.SignedLess => JumpOperation.SignedGreaterOrEqual,
            JumpOperation.SignedGreaterOrEqual => JumpOperation.SignedLess,
            JumpOperation.SignedGreater => JumpOperation.SignedLessOrEqual,
            JumpOperation.SignedLessOrEqual => JumpOperation.SignedGreater,
            _ => null,
        };
        return opposite is { } operation && (target.InstructionSet >= 2 || jump.JumpOperation is JumpOperation.Equal or JumpOperation.NotEqual)
            ? new(Opcodes.Of(jump.Class, operation, jump.UsesRegister), jump.Destination, jump.Source, jump.Offset, jump.Immediate) : null;
    }
}
