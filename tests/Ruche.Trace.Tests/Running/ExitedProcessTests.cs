// SPDX-License-Identifier: MIT
using System.IO.Pipes;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Trace.Tests.Running;

/// <summary>Stacks of processes that are gone when they are shown.</summary>
[Trait("Category", "Kernel")]
public sealed class ExitedProcessTests(TracedProgram program) : IClassFixture<TracedProgram>
{
    [Fact]
    public async Task What_stood_at_addresses_is_known_after_the_process_has_exited()
    {
        if (Environment.GetEnvironmentVariable("RUCHE_REQUIRE_KERNEL") != "1" && !Environment.IsPrivilegedProcess) Assert.Skip("bpf(2) needs root");
        string script = $$"""uprobe:{{program.Path}}:inner { @stack[ustack(2)] = count(); @name = usym(reg("ip")); print("seen"); }""";
        DiagnosticBag diagnostics = new();
        Assert.True(TraceScript.TryParse(script, TestScripts.Name, diagnostics, out var parsed));
        var compiled = CompiledTrace.Compile(parsed, new(), diagnostics);
        Assert.NotNull(compiled);
        using AnonymousPipeServerStream output = new(PipeDirection.Out);
        using AnonymousPipeClientStream reading = new(PipeDirection.In, output.ClientSafePipeHandle);
        using StreamReader reader = new(reading);
        using CancellationTokenSource stop = new(TimeSpan.FromSeconds(60));
        using MemoryStream errors = new();
        string printed = "";
        var watching = Task.Run(() =>
        {
            // What is told of the process comes before what the script prints.
            Assert.Equal("seen", reader.ReadLine());
            program.Leave();
            stop.Cancel();
            printed = reader.ReadToEnd();
        }, TestContext.Current.CancellationToken);
        using (var run = TraceRun.Load(compiled, new() { Output = output, Errors = errors, IsQuiet = true, Attached = program.Call }))
        {
            run.Run(stop.Token);
        }

        output.Dispose();
        await watching;

        Assert.Equal("\n\n@name: inner\n@stack[\n        inner+0\n        outer+21\n]: 1\n", printed);
    }
}
