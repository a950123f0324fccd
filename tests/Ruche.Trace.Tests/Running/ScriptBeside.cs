// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Trace.Tests.Running;

/// <summary>A script that runs, on a thread of its own, until it is disposed; what it prints, nobody reads.</summary>
internal sealed class ScriptBeside : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TraceRun _run;
    private readonly Thread _thread;

    public ScriptBeside(string text)
    {
        DiagnosticBag diagnostics = new();
        var compiled = CompiledTrace.Compile(TraceScript.Parse(text, "beside.bt"), new(), diagnostics);
        Assert.Empty(diagnostics.Items);
        using ManualResetEventSlim attached = new();
        _run = TraceRun.Load(compiled!, new() { Output = Stream.Null, Errors = Stream.Null, IsQuiet = true, Attached = attached.Set });
        _thread = new(() => _run.Run(_stop.Token));
        _thread.Start();
        Assert.True(attached.Wait(TimeSpan.FromSeconds(60)), "it is not attached after a minute");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _run.Dispose();
        _stop.Dispose();
    }
}
