// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Machine;
using Ruche.Bpf.Objects.Specs;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Run;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Testing;

/// <summary><c>ruche bpf test</c>: runs a program of an object in this process on what is given, and shows what it does.</summary>
internal static class TestObject
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = "FILE.o|FILE.bpf.c [PROGRAM] " + TestInputs.Syntax;

    private static readonly string[] InputWords = ["packets", "data", "hex", "random"];

    /// <summary>Runs the program; fails when a run is stopped or the kernel does something else.</summary>
    public static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        string path = call.Words.Take("the object");
        var spec = await ObjectSource.OpenAsync(path, ct);
        string name = Choose(call.Words, spec);
        var inputs = TestInputs.Take(call.Words);
        if (inputs.Count == 0) inputs.Add(new("nothing", []));

        bool isJson = call.Format is not OutputFormat.Text;
        using StreamWriter output = new(StandardOutput.Open(), new UTF8Encoding(false));
        LineCounts counts = new();
        StepTrace? trace = call.Value(TestCommand.Trace) && !isJson ? new(output) : null;
        string[] wanted = [name, .. spec.Maps.SelectMany(m => m.Slots.Select(s => s.Target))];
        using var machine = BpfMachine.Load(
            spec with { Programs = [.. spec.Programs.Select(p => p with { AutoLoad = wanted.Contains(p.Name) })] },
            new() { Observer = trace is null ? counts : new Observers(counts, trace) });
        foreach (var loaded in machine.Programs.Values) counts.Add(loaded.Code);
        using var twin = call.Value(TestCommand.Kernel) ? new KernelTwin(spec, name) : null;

        TestSession session = new(machine, machine.Program(name), twin, trace);
        if (isJson) ListingOutput.WriteJson(json => session.Write(json, inputs, counts));
        else session.Write(output, inputs, call.Value(TestCommand.Coverage) ? counts : null);
        if (call.Value(TestCommand.Lcov) is { } lcov) File.WriteAllText(lcov, LcovFile.Render(counts.Lines()));
        return session.IsGood ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Choose(CommandWords words, ObjectSpec spec)
    {
        string names = string.Join(", ", spec.Programs.Select(p => p.Name));
        if (words.Peek is { } word && !InputWords.Contains(word))
        {
            words.Take("the program");
            return spec.Programs.Any(p => p.Name == word) ? word : throw new CommandFailure(ExitCode.Usage, $"'{spec.Name}' has no program '{word}'; it has {names}");
        }

        return spec.Programs is [var only] ? only.Name : throw new CommandFailure(ExitCode.Usage, spec.Programs.IsEmpty ? $"'{spec.Name}' has no programs" : $"name one of the programs: {names}");
    }
}
