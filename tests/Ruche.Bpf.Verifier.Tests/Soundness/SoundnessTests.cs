// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Machine.Tests.Programs;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Verifier.Tests.Soundness;

/// <summary>
/// Generated programs that are accepted run without a fault, and whatever their registers and stacks hold, the proof has found possible.
/// RUCHE_FUZZ_CASES asks for more than the usual.
/// </summary>
public sealed class SoundnessTests
{
    private static readonly int? Asked =
        Environment.GetEnvironmentVariable("RUCHE_FUZZ_CASES") is { } cases ? int.Parse(cases, CultureInfo.InvariantCulture) : null;

    [Fact]
    public void Accepted_programs_of_careful_authors_run_as_proven() => RunAsProven(VerifiedProgram.Generate, Asked ?? 300, least: 0.8);

    [Fact]
    public void Accepted_programs_of_careless_authors_run_as_proven() => RunAsProven(seed => CarelessProgram.Generate(seed), Asked ?? 3_000, least: 0.2);

    private static void RunAsProven(Func<int, ObjectSpec> generate, int cases, double least)
    {
        int accepted = 0;
        long compared = 0;
        for (int seed = 0; seed < cases; seed++)
        {
            if (AcceptedProgram.Try(generate(seed), seed) is not { } program) continue;
            accepted++;
            compared += program.Compared;
            if (program.Failure is { } failure) Assert.Fail($"program {seed}: {failure}");
        }

        Assert.True(accepted >= cases * least, $"{accepted} of {cases} programs were accepted");
        Assert.True(compared >= accepted * 10L, $"only {compared} instructions of {accepted} programs were compared");
    }
}
