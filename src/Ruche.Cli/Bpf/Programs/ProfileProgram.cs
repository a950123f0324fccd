// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Run;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Programs;

/// <summary><c>ruche bpf prog profile</c>: counts how often and how long a program runs.</summary>
internal static class ProfileProgram
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = $"({ProgramSelection.Syntax}) [duration SECONDS]";

    private static readonly string[] HardwareCounters = ["cycles", "instructions", "l1d_loads", "llc_misses", "itlb_misses", "dtlb_misses"];

    /// <summary>Counts for a while, or until interrupted.</summary>
    public static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        using BpfProgram program = ProgramSelection.TakeOne(call.Words);
        TimeSpan length = call.Words.TryTake("duration") ? TimeSpan.FromSeconds(call.Words.TakeNumber("duration")) : Timeout.InfiniteTimeSpan;
        if (HardwareCounters.Contains(call.Words.Peek))
            throw new CommandFailure(ExitCode.Usage, $"'{call.Words.Peek}' is not counted: profile counts runs and their time; 'perf stat --bpf-prog {program.Id}' counts in hardware where the processor lets it");
        call.Words.End();
        using StopSignals signals = new();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, ct);
        using var statistics = RunStatistics.Enable();
        ProgramInfo before = program.GetInfo();
        try
        {
            await Task.Delay(length, TimeProvider.System, stop.Token);
        }
        catch (OperationCanceledException)
        {
            // Interrupted: what was counted until now is what was asked for.
        }

        ProgramInfo after = program.GetInfo();
        Report(after.RunCount - before.RunCount, after.RunNanoseconds - before.RunNanoseconds, call.Format);
        return signals.Exit ?? ExitCode.Done;
    }

    private static void Report(ulong runs, ulong nanoseconds, OutputFormat format)
    {
        ulong average = runs == 0 ? 0 : nanoseconds / runs;
        if (format is OutputFormat.Text)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs} run_cnt\n{nanoseconds} run_time_ns\n{average} ns/run"));
            return;
        }

        ListingOutput.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("run_cnt", runs);
            json.WriteNumber("run_time_ns", nanoseconds);
            json.WriteEndObject();
        });
    }
}
