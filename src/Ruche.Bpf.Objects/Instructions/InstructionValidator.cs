// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Objects.Instructions;

/// <summary>
/// Strict decoding: refuses reserved fields, unknown opcodes, impossible registers, broken wide loads, and control flow that
/// leaves the program, its function, or lands inside an instruction. What registers and memory hold is the verifier's business.
/// </summary>
public static class InstructionValidator
{
    /// <summary>Reports everything wrong with a program (up to a limit) and says whether nothing was.</summary>
    public static bool Validate(
        ReadOnlySpan<Instruction> program, DiagnosticBag diagnostics, InstructionValidatorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(diagnostics);
        var structure = new ProgramStructure(program, diagnostics, options ?? new());
        return structure.Check();
    }

    /// <summary>Passes a valid program and throws for any other.</summary>
    /// <exception cref="InvalidObjectException">The program is not valid; every finding is in its diagnostics.</exception>
    public static void ThrowIfInvalid(ReadOnlySpan<Instruction> program, InstructionValidatorOptions? options = null)
    {
        DiagnosticBag diagnostics = new();
        Validate(program, diagnostics, options);
        diagnostics.ThrowIfErrors();
    }
}
