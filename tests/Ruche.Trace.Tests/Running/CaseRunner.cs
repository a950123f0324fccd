// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Ruche.Bpf;
using Ruche.Bpf.Features;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Trace.Diagnostics;

namespace Ruche.Trace.Tests.Running;

/// <summary>Runs a case on the running kernel, and compares what it prints.</summary>
internal sealed class CaseRunner(TracedProgram program)
{
    /// <summary>The tests whose cases would see what those of the others let happen.</summary>
    public const string OneAtATime = "cases";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly bool IsRequired = Environment.GetEnvironmentVariable("RUCHE_REQUIRE_KERNEL") == "1";

    /// <summary>Runs the case; skips it where the host cannot.</summary>
    public void Check(RunCase one)
    {
        SkipUnlessPossible(one);
        using MemoryStream output = new(), errors = new();

        int exit = Run(one, output, errors);

        Check(one, exit, output, errors);
    }

    /// <summary>Runs the case while it is recorded, and then the recording: both print the same.</summary>
    public void CheckRecorded(RunCase one)
    {
        SkipUnlessPossible(one);
        string path = Path.Combine(Path.GetTempPath(), $"ruche-{Guid.NewGuid():N}.recording");
        try
        {
            using MemoryStream output = new(), errors = new(), again = new(), errorsAgain = new();
            int exit, exitAgain = -1;
            using (var recorder = TraceRecorder.Create(path)) exit = Run(one, output, errors, recorder);
            Check(one, exit, output, errors);
            var recording = TraceRecording.Read(path);
            if (recording.IsComplete) exitAgain = Replay(one, recording, again, errorsAgain);

            string printed = Encoding.UTF8.GetString(output.ToArray()), replayed = Encoding.UTF8.GetString(again.ToArray());
            string all = $"{one.Script}\n--- replayed\n{replayed}\n--- said\n{Encoding.UTF8.GetString(errorsAgain.ToArray())}";
            if (!recording.IsComplete) Assert.True(exit != 0, $"the recording is not complete\n{all}");
            else Assert.True(printed == replayed && exit == exitAgain, $"recorded\n{printed}\n--- exit {exit}, then {exitAgain}\n{all}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void SkipUnlessPossible(RunCase one)
    {
        if (!IsRequired && !Environment.IsPrivilegedProcess) Assert.Skip("bpf(2) needs root");
        if (one.Since > KernelVersion.Current) Assert.Skip($"needs Linux {one.Since}");
        foreach (string need in one.Needs) HostNeeds.Check(need);
    }

    private static void Check(RunCase one, int exit, MemoryStream output, MemoryStream errors)
    {
        string printed = Encoding.UTF8.GetString(output.ToArray()), said = Encoding.UTF8.GetString(errors.ToArray());
        string all = $"{one.Script}\n--- printed\n{printed}\n--- said\n{said}\n--- exit {exit}";
        Assert.True(one.Matches(printed), $"expected /{one.Expected}/\n{all}");
        Assert.True(exit == one.Exit, $"expected exit {one.Exit}\n{all}");
        Assert.True(one.ExpectedErrors.Count > 0 || said.Length == 0, $"expected no word\n{all}");
        Assert.All(one.ExpectedErrors, pattern => Assert.True(Regex.IsMatch(said, pattern), $"expected on standard error /{pattern}/\n{all}"));
    }

    private static int Replay(RunCase one, TraceRecording recording, MemoryStream output, MemoryStream errors)
    {
        DiagnosticBag diagnostics = new();
        TraceOptions options = new() { Parameters = recording.Parameters, IsUnsafeAllowed = one.IsUnsafe, Recording = recording };
        CompiledTrace? compiled = TraceScript.TryParse(recording.Script, recording.ScriptName, diagnostics, out var script) ? CompiledTrace.Compile(script, options, diagnostics) : null;
        foreach (var diagnostic in diagnostics.Items) errors.Write(Encoding.UTF8.GetBytes(DiagnosticText.Render(diagnostic, recording.Script) + "\n"));
        if (compiled is null) return 1;
        using var replay = TraceReplay.Load(compiled, new() { Output = output, Errors = errors, IsJson = one.IsJson });
        return replay.Run(CancellationToken.None);
    }

    private int Run(RunCase one, MemoryStream output, MemoryStream errors, TraceRecorder? recorder = null)
    {
        using var beside = one.Beside is { } other ? new ScriptBeside(other) : null;
        string text = one.Script.Replace("IMPORTS", RunCase.Imports, StringComparison.Ordinal);
        if (text.Contains("PROGRAM", StringComparison.Ordinal)) text = text.Replace("PROGRAM", program.Path, StringComparison.Ordinal);
        DiagnosticBag diagnostics = new();
        TraceOptions options = new() { Parameters = [.. one.Parameters], IsUnsafeAllowed = one.IsUnsafe, Recorder = recorder };
        if (one.EventBytes is { } bytes) options = options with { EventBytes = bytes };
        CompiledTrace? compiled = TraceScript.TryParse(text, TestScripts.Name, diagnostics, out var script) ? CompiledTrace.Compile(script, options, diagnostics) : null;
        foreach (var diagnostic in diagnostics.Items) errors.Write(Encoding.UTF8.GetBytes(DiagnosticText.Render(diagnostic, text) + "\n"));
        if (compiled is null) return 1;
        Verify(compiled);

        using PinSweep pins = new();
        using Activities activities = new(program);
        using CancellationTokenSource stop = new(Patience);
        using var run = Load(one, compiled, new()
        {
            Output = output,
            Errors = errors,
            IsJson = one.IsJson,
            IsQuiet = !one.IsLoud || recorder is not null,
            Attached = () =>
            {
                if (one.Activity is null) return;
                activities.Do(one.Activity);
                stop.Cancel();
            },
        });
        long begin = Stopwatch.GetTimestamp();
        int exit = run.Run(stop.Token);

        Assert.True(Stopwatch.GetElapsedTime(begin) < Patience, $"still running after {Patience.TotalSeconds} s");
        return exit;
    }

    private static TraceRun Load(RunCase one, CompiledTrace compiled, TraceRunOptions options)
    {
        try
        {
            return TraceRun.Load(compiled, options);
        }
        catch (BpfException e) when (one.Needs.Contains(HostNeeds.Fentry) && e.Message.Contains("refuses fentry", StringComparison.Ordinal))
        {
            Assert.Skip("this kernel refuses fentry");
            throw;
        }
    }

    // Our verifier predicts this kernel best.
    private static void Verify(CompiledTrace compiled)
    {
        if (KernelVersion.Current is not { Major: 6, Minor: 18 }) return;
        foreach (var program in compiled.Object.Programs)
        {
            var verdict = ProgramVerifier.Verify(new ProgramReader(compiled.Object, KernelTypes.Running).Read(program), new() { KernelTypes = KernelTypes.Running });
            Assert.True(verdict.IsAccepted, $"{program.Name}: {verdict.Explanation?.Slot} {verdict.Explanation?.Detail}");
        }
    }
}
