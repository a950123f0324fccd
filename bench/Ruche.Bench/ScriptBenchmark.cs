// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace;

namespace Ruche.Bench;

/// <summary>How long a script takes from its text to programs that can be loaded: the first time, and warm.</summary>
internal static class ScriptBenchmark
{
    private const long WarmNanoseconds = 5_000_000_000;

    public static void Run(string path, int rounds)
    {
        string text = File.ReadAllText(path);
        Measure.Print("script_first", Measure.Time(() => Compile(text, path)));
        long start = Stopwatch.GetTimestamp();
        while (Measure.Nanoseconds(Stopwatch.GetTimestamp() - start) < WarmNanoseconds) Compile(text, path);
        long[] samples = new long[rounds];
        for (int round = 0; round < rounds; round++) samples[round] = Measure.Time(() => Compile(text, path));
        Measure.Print("script_warm", Measure.Median(samples));
        Measure.Print("script_lines", text.AsSpan().Count('\n'));
        Measure.Print("script_instructions", Compile(text, path).Object.Programs.Sum(p => p.Entry.Instructions.Length));
    }

    private static CompiledTrace Compile(string text, string path)
    {
        DiagnosticBag diagnostics = new();
        if (TraceScript.TryParse(text, path, diagnostics, out var script)
            && CompiledTrace.Compile(script, new() { Parameters = ["0", "0"] }, diagnostics) is { } compiled) return compiled;
        throw new InvalidOperationException($"{path}: {diagnostics.Items[0].Message}");
    }
}
