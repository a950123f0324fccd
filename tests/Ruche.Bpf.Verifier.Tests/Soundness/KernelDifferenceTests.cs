// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Features;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Verifier.Tests.Soundness;

/// <summary>
/// Nothing is accepted that the kernel refuses, and what is refused that the kernel accepts is little. RUCHE_FUZZ_CASES asks for more than
/// the usual.
/// </summary>
public sealed class KernelDifferenceTests : KernelTest
{
    private static readonly int Cases =
        Environment.GetEnvironmentVariable("RUCHE_FUZZ_CASES") is { } cases ? int.Parse(cases, CultureInfo.InvariantCulture) : 600;

    [Fact]
    public void Programs_of_careless_authors_are_judged_as_the_kernel_judges_them()
    {
        Assert.SkipWhen(UnprivilegedLoader.IsThisProcess, "this process has no privileges");
        Compare(isUnprivileged: false);
    }

    [Fact]
    public void Programs_of_authors_without_privileges_are_judged_as_the_kernel_judges_them()
    {
        Assert.SkipUnless(UnprivilegedLoader.IsThisProcess, UnprivilegedLoader.Needed);
        Compare(isUnprivileged: true);
    }

    private static void Compare(bool isUnprivileged)
    {
        VerifierOptions options = new() { Kernel = KernelProfile.Linux618 with { IsPrivileged = !isUnprivileged } };
        Assert.SkipUnless(KernelVersion.Current is { Major: 6, Minor: 18 }, "the predicted kernel is Linux 6.18");
        int tooStrict = 0, accepted = 0;
        List<string> wronglyAccepted = [];

        for (int seed = 0; seed < Cases; seed++)
        {
            var spec = CarelessProgram.Generate(seed, isUnprivileged);
            var program = new ProgramReader(spec, kernel: null).Read(spec.Programs[0]);
            string? refusal = KernelVerdict.RefusalOf(spec);
            var verdict = ProgramVerifier.Verify(program, options);
            if (refusal is null) accepted++;
            if (refusal is null && !verdict.IsAccepted) tooStrict++;
            if (refusal is not null && verdict.IsAccepted) wronglyAccepted.Add($"program {seed}: the kernel says: {refusal}\n{Listing.Of(program)}");
        }

        Assert.True(wronglyAccepted.Count == 0, $"{wronglyAccepted.Count} of {Cases} programs are accepted that the kernel refuses, the first is {wronglyAccepted.FirstOrDefault()}");
        Assert.InRange(accepted, Cases / (isUnprivileged ? 20 : 5), Cases * 4 / 5);
        Assert.True(tooStrict <= Cases / 100, $"{tooStrict} of {Cases} programs are refused that the kernel accepts");
    }
}
