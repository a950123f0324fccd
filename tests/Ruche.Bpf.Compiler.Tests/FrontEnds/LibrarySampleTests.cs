// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Compiler.Tests.FrontEnds;

/// <summary>The programs that the library for kernel programs is shown with, compiled out of this very assembly, and verified for the running kernel.</summary>
public sealed class LibrarySampleTests
{
    private static readonly BtfSpec Kernel = BtfSpec.Read(File.ReadAllBytes("/sys/kernel/btf/vmlinux"));

    private static readonly Lazy<Dictionary<string, ObjectSpec>> Samples = new(Compile);

    public static TheoryData<string, string> Programs => new(Samples.Value.Values.SelectMany(o => o.Programs, (o, p) => (o.Name, p.Name)));

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_sample_is_accepted(string sample, string name)
    {
        var spec = Samples.Value[sample];
        var program = spec.Programs.Single(p => p.Name == name);

        var verdict = ProgramVerifier.Verify(new ProgramReader(spec, Kernel).Read(program), new() { KernelTypes = Kernel });

        Assert.True(verdict.IsAccepted, $"{verdict.Explanation?.Slot} {verdict.Explanation?.Detail}");
    }

    private static Dictionary<string, ObjectSpec> Compile()
    {
        DiagnosticBag diagnostics = new();
        var modules = CSharpCompiler.Read(typeof(LibrarySampleTests).Assembly.Location, CSharpBuild.References, diagnostics);
        Assert.True(diagnostics.Items.Count == 0, string.Join('\n', diagnostics.Items));
        return modules.ToDictionary(m => m.Name, m => BpfCompiler.Compile(m));
    }
}
