// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using Ruche.Bpf.Verifier.Explanations;
using Ruche.Bpf.Verifier.Logs;

namespace Ruche.Bpf.Verifier.Tests.Explanations;

/// <summary>
/// Damaged logs, as other kernels, truncation and chance could make them: nothing may be thrown, and the answer must come soon.
/// RUCHE_FUZZ_SECONDS makes the test run that long.
/// </summary>
public sealed class LogExplainerFuzzTests
{
    private const int Rounds = 3000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly string[] Pieces =
    [
        "\n", "\r", ":", ";", "(", ")", "R", "R11", "fp-", "=", "0: ", "from ", " to ", "from 3 to 5: ", " @ ", "\0", "é", "\e[", "(85) call ", "(95) exit", "(85) call pc+",
        "processed ", " insns", " ", "99999999999999999999", "-1: ", "[", "]", "\\n", "{", "}", "goto pc-99999999999", "arg#99", "frame1:", "Validating f() func#1...", "-- BEGIN PROG LOAD LOG --",
    ];

    [Fact]
    public void Damaged_logs_are_survived()
    {
        string[] logs = [.. RecordedLogs.Names.Select(RecordedLogs.Read).Select(log => log.Length > 6000 ? log[^6000..] : log), ""];
        int seconds = int.Parse(Environment.GetEnvironmentVariable("RUCHE_FUZZ_SECONDS") ?? "0", CultureInfo.InvariantCulture);
        long start = Stopwatch.GetTimestamp();

        for (int round = 0; round < Rounds || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; round++)
        {
            string damaged = Damage(logs[round % logs.Length], logs[(round / 7) % logs.Length], new Random(round));
            long began = Stopwatch.GetTimestamp();

            var report = LogExplainer.Read(damaged);
            if (report.Explanation is { } explanation) Assert.NotEmpty(ExplanationText.Lines(explanation));
            _ = VerifierLog.Parse(damaged, isTruncated: round % 2 == 0).Summary();

            Assert.Equal(report.Verdict is LogVerdict.Explained, report.Explanation is not null);
            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"round {round} took too long");
        }
    }

    private static string Damage(string log, string other, Random random)
    {
        for (int i = random.Next(1, 12); i > 0; i--)
        {
            int at = random.Next(log.Length + 1), count = random.Next(Math.Min(60, log.Length - at) + 1);
            log = random.Next(4) switch
            {
                0 => log.Remove(at, count),
                1 => log.Insert(at, Pieces[random.Next(Pieces.Length)]),
                2 when other.Length > 0 => log.Insert(at, other.Substring(random.Next(other.Length), 1)),
                _ => log.Insert(at, log.Substring(random.Next(log.Length - count + 1), count)),
            };
        }

        return log;
    }
}
