// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Tests;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Tests.Explanations;

namespace Ruche.Bpf.Verifier.Tests.Verdicts;

/// <summary>What Linux 6.1 was found to refuse, and was accepted here for it: each program is taken from the release on that its name ends with.</summary>
public sealed class OlderReleaseTests : KernelTest
{
    private static readonly Lazy<ObjectSpec> Programs = new(Compile);

    [Theory]
    [InlineData("walks_two_maps_6_10")]
    [InlineData("tells_a_function_6_4")]
    [InlineData("makes_a_dynptr_twice_6_3")]
    [InlineData("keys_in_a_record_6_2")]
    [InlineData("asks_for_its_cookie_6_10")]
    [InlineData("gives_null_to_a_storage_6_4")]
    [InlineData("reads_a_union_6_6")]
    public void A_program_is_taken_from_its_release_on(string name)
    {
        string[] words = name.Split('_');
        KernelRelease since = new(int.Parse(words[^2]), int.Parse(words[^1]));
        var program = new ProgramReader(Programs.Value, KernelHeader.Types).Read(Programs.Value.Program(name)!);

        Assert.All(KernelProfile.All, profile =>
        {
            var verdict = ProgramVerifier.Verify(program, new() { Kernel = profile, KernelTypes = KernelHeader.Types });
            Assert.True(verdict.IsAccepted == profile.Release >= since, $"{profile.Release}: {verdict.Explanation?.Detail ?? "accepted"}");
        });
    }

    private static ObjectSpec Compile()
    {
        string source = Path.GetFullPath(Path.Combine(RecordedLogs.Folder, "../releases/releases.bpf.c"));
        return ObjectSpec.Read(Clang.Compile(File.ReadAllText(source), $"-I{KernelHeader.Folder}"), "releases.bpf.o");
    }
}
