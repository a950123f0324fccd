// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Analysis;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Verifier;

/// <summary>Predicts what a kernel's verifier says about a program, and says why.</summary>
public static class ProgramVerifier
{
    /// <summary>Verifies one program. The same program and options always give the same verdict.</summary>
    public static Verdict Verify(VerifierProgram program, VerifierOptions options)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(options);
        ProofRun run = new(program, options);
        return new() { Program = program.Name, Kernel = options.Kernel, Explanation = run.Prove(), Statistics = run.Statistics };
    }
}
