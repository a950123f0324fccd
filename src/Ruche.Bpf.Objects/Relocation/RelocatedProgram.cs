// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Objects.Relocation;

/// <summary>A program's code made to fit a target's types.</summary>
/// <param name="Instructions">The code; each instruction that has no answer in the target is replaced by a call that no kernel has.</param>
/// <param name="Failures">Those instructions and why. They matter only when the verifier reaches them.</param>
public sealed record RelocatedProgram(ImmutableArray<Instruction> Instructions, ImmutableArray<CoreFailure> Failures)
{
    /// <summary>The number of the helper that poisoned instructions call: it reads "bad relo" in hexadecimal.</summary>
    public const int PoisonedCall = 0xbad2310;

    /// <summary>The failure behind an instruction, or null when the instruction is sound.</summary>
    public CoreFailure? FailureAt(int slot)
    {
        foreach (var failure in Failures)
        {
            if (failure.Slot == slot || (failure.IsWide && failure.Slot + 1 == slot)) return failure;
        }

        return null;
    }
}
