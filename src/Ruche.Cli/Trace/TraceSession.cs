// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Cli.Terminals;
using Ruche.Cli.Trace.Language;
using Ruche.Trace;
using Ruche.Trace.Diagnostics;

namespace Ruche.Cli.Trace;

/// <summary><c>ruche trace</c>: reads a script, compiles it, and runs it until it ends or is told to stop.</summary>
internal sealed class TraceSession(TraceChoices choices)
{
    /// <summary>Runs to the end.</summary>
    public static Task<int> RunAsync(TraceChoices choices, CancellationToken ct) => Task.FromResult(new TraceSession(choices).Run());

    private int Run()
    {
        if (choices.IsListing) return List();
        if (choices.IsLanguageServer) return LanguageServer.Run(Options(choices.Words, null));
        var recording = choices.Replay is { } replayed ? ReadRecording(replayed) : null;
        var (text, name, parameters) = Source(recording);
        DiagnosticBag diagnostics = new();
        if (!TraceScript.TryParse(text, name, diagnostics, out var script)) return Refuse(diagnostics, text, name);
        if (choices.Dump is TraceStage.Ast) return Print(script.DumpTree());
        if (choices.IsFormatting) return Print(script.Format());

        using var recorder = choices.Record is { } recorded ? TraceRecorder.Create(recorded) : null;
        using TracedCommand? command = choices.Command is { } line && recording is null ? TracedCommand.Prepare(line) : null;
        if (CompiledTrace.Compile(script, Options(parameters, command) with { Recorder = recorder, Recording = recording }, diagnostics) is not { } compiled) return Refuse(diagnostics, text, name);
        if (choices.ShowsWarnings) Show(diagnostics, text, name);
        if (choices.Dump is TraceStage.Ir) return Print(compiled.IntermediateText);
        if (choices.Dump is TraceStage.Bpf) return Print(Code(compiled));
        if (choices.ElfFile is { } file) File.WriteAllBytes(file, compiled.Object.Write());
        if (choices.ElfFile is not null) return ExitCode.Done;
        return recording is null ? Run(compiled, command) : Replay(compiled);
    }

    private int Replay(CompiledTrace compiled)
    {
        using StopSignals signals = new();
        using var errors = Console.OpenStandardError();
        using Stream output = choices.OutputFile is { } path ? File.Create(path) : StandardOutput.Open();
        using var replay = TraceReplay.Load(compiled, new() { Output = output, Errors = errors, IsJson = choices.Format is TraceFormat.Json, IsFullyBuffered = choices.Buffering is TraceBuffering.Full });
        return replay.Run(signals.Token);
    }

    private TraceOptions Options(IEnumerable<string> parameters, TracedCommand? command) => new()
    {
        Parameters = [.. parameters],
        IncludeDirectories = [.. choices.IncludeDirectories],
        IncludedFiles = [.. choices.IncludedFiles],
        IsUnsafeAllowed = choices.IsUnsafeAllowed,
        TellsFailedReads = choices.TellsFailedReads,
        Pid = command?.Pid ?? choices.Pid,
        Child = command?.Pid,
        KeepsIntermediateText = choices.Dump is TraceStage.Ir,
    };

    private int Run(CompiledTrace compiled, TracedCommand? command)
    {
        using StopSignals signals = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Token);
        using var errors = Console.OpenStandardError();
        using var metrics = choices.Metrics is { } where ? MetricsServer.Start(where) : null;
        using Stream output = choices.OutputFile is { } path ? File.Create(path) : choices.IsLive && StandardOutput.IsLive ? new LiveMaps(Console.Out) : StandardOutput.Open();
        Action<TraceRun>? tick = output is LiveMaps live ? live.Tick : null;
        if (metrics is not null) tick += metrics.Tick;
        using var run = TraceRun.Load(compiled, new()
        {
            Output = output,
            Errors = errors,
            IsJson = choices.Format is TraceFormat.Json,
            IsFullyBuffered = choices.Buffering is TraceBuffering.Full,
            IsQuiet = choices.IsQuiet,
            Tick = tick,
            Attached = () => Follow(command, stop),
            StaysWithoutProbes = choices.Command is not null || choices.Pid is not null,
        });
        try
        {
            if (choices.IsExplaining) return Print(TraceCosts.Table(compiled, run));
            if (choices.IsDryRun) return ExitCode.Done;
            if (choices.Probes is TraceProbeKind.All) return run.Run(stop.Token);
            var filter = choices.ProbeFilter ?? new("");
            if (choices.Probes is TraceProbeKind.Tests) return run.RunTests(filter, stop.Token) == 0 ? ExitCode.Done : ExitCode.Failed;
            run.RunBenchmarks(filter, stop.Token);
            return ExitCode.Done;
        }
        finally
        {
            command?.Forget();
        }
    }

    // The script ends with the process that it looks at.
    private void Follow(TracedCommand? command, CancellationTokenSource stop)
    {
        command?.Start(stop.Cancel);
        if (command is null && choices.Pid is { } pid) WatchedProcess.WhenGone(pid, stop);
    }

    private int List()
    {
        string pattern = choices.Words.Count > 0 ? choices.Words[0] : "";
        using var output = StandardOutput.Open();
        using StreamWriter writer = new(output, leaveOpen: true);
        var (count, unreadable) = TraceProbes.List(pattern, choices.IsVerbose, writer, choices.Pid);
        writer.Flush();
        foreach (string why in unreadable) Console.Error.WriteLine($"ruche: {why}");
        if (count == 0) Console.Error.WriteLine($"ruche: nothing matches '{pattern}'");
        return count > 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private (string Text, string Name, IEnumerable<string> Parameters) Source(TraceRecording? recording)
    {
        if (choices.Program is { } program) return (program, choices.Name, choices.Words);
        if (choices.Words.Count == 0 && recording is not null) return (recording.Script, recording.ScriptName, recording.Parameters);
        if (choices.Words.Count == 0) throw new CommandFailure(ExitCode.Usage, "name a script, or write one behind -e; 'ruche trace --help' shows how");
        string file = choices.Words[0];
        if (file == "-") return (Console.In.ReadToEnd(), "stdin", choices.Words.Skip(1));
        if (!File.Exists(file)) throw new CommandFailure(ExitCode.Usage, $"open '{file}': no such file");
        return (File.ReadAllText(file), file, choices.Words.Skip(1));
    }

    private static TraceRecording ReadRecording(string file) =>
        File.Exists(file) ? TraceRecording.Read(file) : throw new CommandFailure(ExitCode.Usage, $"open '{file}': no such file; make one with --record {file}");

    private static int Refuse(DiagnosticBag diagnostics, string text, string name)
    {
        Show(diagnostics, text, name);
        return ExitCode.Failed;
    }

    private static void Show(DiagnosticBag diagnostics, string text, string name)
    {
        foreach (var diagnostic in diagnostics.Items)
        {
            bool isImported = diagnostic.Where is Location.Text where && where.File != name;
            Console.Error.WriteLine(DiagnosticText.Render(diagnostic, isImported ? File.ReadAllText(((Location.Text)diagnostic.Where).File) : text));
        }
    }

    private static int Print(string text)
    {
        using var output = StandardOutput.Open();
        using StreamWriter writer = new(output, leaveOpen: true);
        writer.Write(text.EndsWith('\n') ? text : text + "\n");
        return ExitCode.Done;
    }

    private static string Code(CompiledTrace compiled)
    {
        StringWriter text = new();
        foreach (var program in compiled.Object.Programs)
        {
            text.Write($"{program.Name} ({program.Section}): {program.Entry.Instructions.Length} instructions\n");
            text.Write(Disassembler.Format(program.Entry.Instructions.AsMemory()));
            text.Write('\n');
        }

        return text.ToString();
    }
}
