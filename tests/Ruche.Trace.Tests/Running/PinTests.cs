// SPDX-License-Identifier: MIT
using Ruche.Bpf;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Trace.Tests.Running;

/// <summary>Iterators that are pinned beside pins of others.</summary>
[Trait("Category", "Kernel")]
[Collection(CaseRunner.OneAtATime)]
public sealed class PinTests : IDisposable
{
    private readonly PinSweep _pins = new();

    [Fact]
    public void A_pin_of_that_name_is_left_alone()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "bpf(2) needs root");
        string name = PinSweep.Prefix + "-a", path = "/sys/fs/bpf/" + name;
        Run($$"""iter:task:{{name}} /ctx.task.pid == 2/ { printf("first\n"); }""");
        string before = File.ReadAllText(path);

        var refusal = Assert.Throws<BpfException>(() => Run($$"""iter:task:{{path}} /ctx.task.pid == 2/ { printf("second\n"); }"""));

        Assert.Equal(Errno.EEXIST, refusal.Errno);
        Assert.Equal(before, File.ReadAllText(path));
        Assert.DoesNotContain("second", before, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_one_of_several_cannot_be_pinned_none_is()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "bpf(2) needs root");
        string first = PinSweep.Prefix + "-b", second = PinSweep.Prefix + ".dotted";

        Assert.Throws<BpfException>(() => Run($$"""iter:task:{{first}} { printf("first\n"); } iter:task_file:{{second}} { printf("second\n"); }"""));

        Assert.Empty(PinSweep.Pins);
    }

    [Fact]
    public void A_script_that_ends_before_pins_nothing()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "bpf(2) needs root");

        Run($$"""begin { exit(); } iter:task:{{PinSweep.Prefix}}-c { printf("never\n"); }""");

        Assert.Empty(PinSweep.Pins);
    }

    [Fact]
    public void A_pinned_iterator_is_not_recorded()
    {
        DiagnosticBag diagnostics = new();
        string path = Path.GetTempFileName();
        try
        {
            using var recorder = TraceRecorder.Create(path);

            Assert.Null(CompiledTrace.Compile(TraceScript.Parse("iter:task:ruche { @ = count(); }", TestScripts.Name), new() { Recorder = recorder }, diagnostics));
        }
        finally
        {
            File.Delete(path);
        }

        Assert.Contains(diagnostics.Items, d => d.Message.StartsWith("a pinned iterator runs when somebody reads the pin", StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public void Dispose() => _pins.Dispose();

    private static void Run(string text)
    {
        DiagnosticBag diagnostics = new();
        var compiled = CompiledTrace.Compile(TraceScript.Parse(text, TestScripts.Name), new(), diagnostics);
        Assert.Empty(diagnostics.Items);
        using var run = TraceRun.Load(compiled!, new() { Output = Stream.Null, Errors = Stream.Null, IsQuiet = true });
        Assert.Equal(0, run.Run(CancellationToken.None));
    }
}
