// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Analysis;
using Ruche.Bpf.Verifier.Explanations;
using Ruche.Bpf.Verifier.Flow;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

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
