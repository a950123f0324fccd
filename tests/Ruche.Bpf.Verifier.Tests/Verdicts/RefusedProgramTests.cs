// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Tests;
using Ruche.Bpf.Verifier.Explanations;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.Tests.Explanations;

namespace Ruche.Bpf.Verifier.Tests.Verdicts;

/// <summary>
/// Programs with one mistake each, whose logs Linux 6.18 has written: the prediction must be the kernel's, at the kernel's instruction.
/// What is said about each was read and approved; RUCHE_APPROVE=1 writes it anew.
/// </summary>
public sealed class RefusedProgramTests
{
    private const string KernelTypes = "/sys/kernel/btf/vmlinux";

    private static readonly BtfSpec? Kernel = File.Exists(KernelTypes) ? BtfSpec.Read(File.ReadAllBytes(KernelTypes)) : null;

    public static TheoryData<string> Names =>
        [.. Directory.EnumerateFiles(RecordedLogs.Folder, "*.bpf.c").Select(path => Path.GetFileName(path)[..^".bpf.c".Length]).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_program_that_the_kernel_refuses_is_refused_for_the_same_reason(string name)
    {
        var known = LogExplainer.Explain(RecordedLogs.Read(name))!;

        var explanation = Verify(name).Explanation;

        Assert.NotNull(explanation);
        // Where a proof runs out of budget is a matter of how far each has come.
        int slot = known.Rule == VerifierRules.TooComplex ? explanation.Slot : known.Slot;
        Assert.Equal((known.Rule.Id, slot), (explanation.Rule.Id, explanation.Slot));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_refusal_is_explained_as_approved(string name)
    {
        string text = string.Concat(ExplanationText.Lines(Verify(name).Explanation!).Select(line => $"{line.Replace("./test.bpf.c", name + ".bpf.c", StringComparison.Ordinal).Replace("test.bpf.c", name + ".bpf.c", StringComparison.Ordinal)}\n"));

        string file = Path.Combine(RecordedLogs.Folder, name + ".verdict.txt");
        if (Environment.GetEnvironmentVariable("RUCHE_APPROVE") == "1") File.WriteAllText(file, text);
        Assert.Equal(File.Exists(file) ? File.ReadAllText(file) : "", text);
    }

    private static Verdict Verify(string name)
    {
        var spec = ObjectSpec.Read(Clang.Compile(File.ReadAllText(Path.Combine(RecordedLogs.Folder, name + ".bpf.c")), "-fdebug-compilation-dir=."));
        return ProgramVerifier.Verify(new ProgramReader(spec, Kernel).Read(Assert.Single(spec.Programs)), new() { KernelTypes = Kernel });
    }
}
