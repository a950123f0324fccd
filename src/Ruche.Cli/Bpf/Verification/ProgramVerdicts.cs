// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Verifier;

namespace Ruche.Cli.Bpf.Verification;

/// <summary>What the kernels asked about say about one program.</summary>
/// <param name="Program">The program.</param>
/// <param name="Verdicts">A verdict for each kernel, in the order asked.</param>
internal sealed record ProgramVerdicts(ProgramSpec Program, ImmutableArray<Verdict> Verdicts);
