// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Instructions;

/// <summary>Whose spelling of an instruction is printed.</summary>
public enum DisassemblySyntax
{
    /// <summary>
    /// The kernel's C-like syntax with nothing left out: the assembler turns it back into the same bytes. Slots that are not
    /// instructions become <c>.byte</c> lines.
    /// </summary>
    Exact,

    /// <summary>As <c>llvm-objdump -d</c> prints it; what a call or wide load refers to is not told apart.</summary>
    Llvm,

    /// <summary>As the kernel prints it in verifier logs, opcode first: <c>(b7) r0 = 1</c>.</summary>
    VerifierLog,
}
