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

    private static readonly Lazy<ObjectSpec> Tracing = new(() => Compile("tracing"));

    public static TheoryData<string> Tracers => [.. Tracing.Value.Programs.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Tracers))]
    public void A_sample_that_traces_is_accepted(string name)
    {
        var program = Tracing.Value.Programs.Single(p => p.Name == name);

        var verdict = ProgramVerifier.Verify(new ProgramReader(Tracing.Value, Kernel).Read(program), new() { KernelTypes = Kernel });

        Assert.True(verdict.IsAccepted, $"{verdict.Explanation?.Slot} {verdict.Explanation?.Detail}");
    }

    private static ObjectSpec Compile(string name)
    {
        DiagnosticBag diagnostics = new();
        var modules = CSharpCompiler.Read(typeof(LibrarySampleTests).Assembly.Location, CSharpBuild.References, diagnostics);
        return BpfCompiler.Compile(modules.Single(m => m.Name == name));
    }
}
