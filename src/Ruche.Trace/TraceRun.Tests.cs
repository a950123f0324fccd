// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.RegularExpressions;
using Ruche.Bpf.Programs;
using Ruche.Trace.Lowering;
using Ruche.Trace.Output;
using Ruche.Trace.Probes;

namespace Ruche.Trace;

/// <content>The tests of a script, and what it measures.</content>
public sealed partial class TraceRun
{
    private const int Rounds = 40_000;

    /// <summary>
    /// Runs the script's tests, <c>test:name</c>, in their order, after what begins. A test fails when it ends the script with anything but 0,
    /// as <c>assert</c> does. Nothing is attached.
    /// </summary>
    /// <param name="filter">What the names of those to run match.</param>
    /// <param name="cancellationToken">Ends it before the next test.</param>
    /// <returns>How many failed.</returns>
    public int RunTests(Regex filter, CancellationToken cancellationToken)
    {
        var tests = Chosen(filter, areBenchmarks: false);
        List<string> failed = [];
        RunAll<ProbeSite.Begin>();
        _session.Drain();
        _session.Output.BeginTests(tests.Count);
        foreach (var plan in tests)
        {
            if (cancellationToken.IsCancellationRequested) break;
            string name = NameOf(plan);
            _session.Dispatcher.Restart();
            _session.Output.BeginTest(name);
            _session.Drain();
            long start = Stopwatch.GetTimestamp();
            _host.Object.Program(plan.Name).Run();
            var took = Stopwatch.GetElapsedTime(start);
            _session.Drain();
            bool isPassed = _session.Dispatcher.ExitCode is null or 0;
            if (!isPassed) failed.Add(name);
            _session.Output.EndTest(name, isPassed, took);
        }

        _session.Output.EndTests(tests.Count, failed);
        _session.ReportLosses();
        _session.Output.Flush();
        return failed.Count;
    }

    /// <summary>Measures what the script's <c>bench:name</c> probes take, in the kernel, on average of many rounds.</summary>
    /// <param name="filter">What the names of those to run match.</param>
    /// <param name="cancellationToken">Ends it before the next one.</param>
    public void RunBenchmarks(Regex filter, CancellationToken cancellationToken)
    {
        List<BenchmarkResult> results = [];
        RunAll<ProbeSite.Begin>();
        _session.Drain();
        using var statistics = RunStatistics.Enable();
        foreach (var plan in Chosen(filter, areBenchmarks: true))
        {
            if (cancellationToken.IsCancellationRequested) break;
            var program = _host.Object.Program(plan.Name);
            for (int i = 0; i < Rounds; i++)
            {
                program.Run();
                if (i % 1000 == 0) _session.Drain();
            }

            _session.Drain();
            var info = program.GetInfo();
            results.Add(new(NameOf(plan), info.RunCount == 0 ? 0 : info.RunNanoseconds / info.RunCount, info.RunCount));
        }

        _session.Output.Benchmarks(results);
        _session.Output.Flush();
    }

    private static string NameOf(ProgramPlan plan) => plan.Probe.Sites[0].Name[(plan.Probe.Sites[0].Name.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private List<ProgramPlan> Chosen(Regex filter, bool areBenchmarks) =>
        [.. _script.Plan.Programs.Where(p => p.Probe.Sites[0] is ProbeSite.Test test && test.IsBenchmark == areBenchmarks && filter.IsMatch(NameOf(p)))];
}
