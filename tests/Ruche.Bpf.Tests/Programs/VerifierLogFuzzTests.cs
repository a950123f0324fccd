// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using Ruche.Bpf.Programs;
using Ruche.Bpf.Tests.Loading;
using Ruche.Bpf.Verifier.Logs;

namespace Ruche.Bpf.Tests.Programs;

/// <summary>
/// Damaged logs, as other kernels, truncation and chance could make them: nothing may be thrown, and the answer must come soon.
/// RUCHE_FUZZ_SECONDS makes the test run that long.
/// </summary>
public sealed class VerifierLogFuzzTests : KernelTest
{
    private const int Rounds = 2000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly string[] Pieces = ["\n", ":", ";", "(", ")", "R", "fp-", "=", "0: ", "from ", " to ", " @ ", "\0", "é", "(85) call ", "processed ", "insns", " ", "99999999999999999999", "-1: ", "[", "]"];

    [Fact]
    public void Damaged_logs_are_survived()
    {
        string[] logs = [RealLog(), RealLog()[..200], ""];
        int seconds = int.Parse(Environment.GetEnvironmentVariable("RUCHE_FUZZ_SECONDS") ?? "0", CultureInfo.InvariantCulture);
        long start = Stopwatch.GetTimestamp();

        for (int round = 0; round < Rounds || Stopwatch.GetElapsedTime(start).TotalSeconds < seconds; round++)
        {
            string damaged = Damage(logs[round % logs.Length], new Random(round));
            long began = Stopwatch.GetTimestamp();

            var log = VerifierLog.Parse(damaged, isTruncated: round % 2 == 0);
            _ = log.Summary();
            _ = log.Registers.Length + log.Instruction.Length;

            Assert.True(Stopwatch.GetElapsedTime(began) < Patience, $"round {round} took too long");
            Assert.Equal(damaged, log.Text);
        }
    }

    /// <summary>What this kernel says about a program with branches, calls and a fault.</summary>
    private static string RealLog()
    {
        const string Source = """
            struct { __uint(type, BPF_MAP_TYPE_HASH); __uint(max_entries, 8); __type(key, int); __type(value, long); } m SEC(".maps");
            static __attribute__((noinline)) int twice(int x) { return x * 2; }
            SEC("xdp") int faults(struct xdp_md *ctx)
            {
                int k = twice(ctx->ingress_ifindex);
                long *v = bpf_map_lookup_elem(&m, &k);
                if (k > 3) k++;
                *v = k;
                return 0;
            }
            """;
        return Assert.Throws<VerifierException>(() => TestObject.Load(Source)).Log.Text;
    }

    private static string Damage(string log, Random random)
    {
        for (int i = random.Next(1, 8); i > 0; i--)
        {
            int at = random.Next(log.Length + 1), count = random.Next(Math.Min(40, log.Length - at) + 1);
            log = random.Next(3) switch
            {
                0 => log.Remove(at, count),
                1 => log.Insert(at, Pieces[random.Next(Pieces.Length)]),
                _ => log.Insert(at, log.Substring(random.Next(log.Length - count + 1), count)),
            };
        }

        return log;
    }
}
