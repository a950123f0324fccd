// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Trace.Tests.Running;

/// <summary>
/// What functions return is overridden only by kernels that were built for it (CONFIG_BPF_KPROBE_OVERRIDE), of which none is at hand: here is what
/// scripts are compiled to.
/// </summary>
[Trait("Category", "Kernel")]
public sealed class OverrideTests
{
    private const int OverrideReturn = 58;

    [Fact]
    public void A_function_is_given_another_answer()
    {
        var compiled = Compile("kprobe:vfs_read { override(-5); }", isUnsafe: true, out var diagnostics);

        Assert.Empty(diagnostics);
        string code = Disassembler.Format(Assert.Single(compiled!.Object.Programs).Entry.Instructions.AsMemory());
        Assert.Contains($"call {OverrideReturn}", code, StringComparison.Ordinal);
        Assert.Contains("r2 = -5", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kprobe:vfs_read { override(-5); }", false, "'override' changes the system")]
    [InlineData("tracepoint:sched:sched_switch { override(-5); }", true, "what a function returns cannot be overridden in 'tracepoint:sched:sched_switch'")]
    public void Where_it_cannot_be_is_told(string script, bool isUnsafe, string message)
    {
        Assert.Null(Compile(script, isUnsafe, out var diagnostics));

        Assert.Equal(message, Assert.Single(diagnostics).Message);
    }

    private static CompiledTrace? Compile(string text, bool isUnsafe, out IReadOnlyList<Diagnostic> diagnostics)
    {
        DiagnosticBag bag = new();
        var compiled = CompiledTrace.Compile(TraceScript.Parse(text, TestScripts.Name), new() { IsUnsafeAllowed = isUnsafe }, bag);
        diagnostics = [.. bag.Items];
        return compiled;
    }
}
