// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Binding;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Preamble;
using Ruche.Trace.Probes;
using Ruche.Trace.Recording;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;

namespace Ruche.Trace.Tests.Binding;

/// <summary>Where stacks cannot be unwound, a script is told why.</summary>
public sealed class UnwindingRefusalTests
{
    private static readonly ScriptOptions Able = new() { TellsRegisters = true };

    [Fact]
    public void Where_the_registers_are_told_no_types_are_needed() => Assert.Empty(Bind(Able));

    [Fact]
    public void A_processor_whose_frames_are_not_known_is_named() =>
        Assert.Equal("dw_ustack: only frames of x64 are known", Refusal(Able with { CannotUnwind = "only frames of x64 are known" }));

    [Fact]
    public void A_kernel_that_tells_neither_registers_nor_types_is_refused() =>
        Assert.Equal(
            "dw_ustack: this kernel tells neither the registers of a process nor where they are: the first is there from 5.15 on, the second where it has BTF",
            Refusal(Able with { TellsRegisters = false }));

    private static string Refusal(ScriptOptions options)
    {
        var refusal = Assert.Single(Bind(options));
        Assert.Equal((TraceDiagnostics.NotSupported, Severity.Error), (refusal.Id, refusal.Severity));
        return refusal.Message;
    }

    private static IReadOnlyList<Diagnostic> Bind(ScriptOptions options)
    {
        const string Text = "begin { print(dw_ustack); }";
        DiagnosticBag diagnostics = new();
        SourceText source = new(Text, TestScripts.Name);
        var tree = TraceScript.Parse(Text, TestScripts.Name).Tree;
        var preamble = CPreamble.Read(tree, source, new TypeCatalog(() => null), new(), new ScriptFiles(new(), TestScripts.Name), diagnostics);
        Binder.Bind([(tree.Declarations.OfType<Declaration.Probe>().Single(), [new ProbeSite.Begin()])], tree.Declarations, source, preamble, options, diagnostics);
        return diagnostics.Items;
    }
}
