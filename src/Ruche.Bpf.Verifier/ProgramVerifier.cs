// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Analysis;
using Ruche.Bpf.Verifier.Explanations;
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
        program = OlderFields.Of(program, options.Kernel);
        return Verify(program, new ProofRun(program, options), options);
    }

    /// <summary>Verifies one program and tells of each state, in words, before its instruction is looked at.</summary>
    public static Verdict Verify(VerifierProgram program, VerifierOptions options, Action<int, string> onState)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(onState);
        program = OlderFields.Of(program, options.Kernel);
        return Verify(program, new ProofRun(program, options) { Observer = (slot, state) => onState(slot, StateText.Of(state)) }, options);
    }

    private static Verdict Verify(VerifierProgram program, ProofRun run, VerifierOptions options) =>
        new() { Program = program.Name, Kernel = options.Kernel, Explanation = run.Prove(), Statistics = run.Statistics };
}
