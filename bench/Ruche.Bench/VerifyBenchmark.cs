// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bench;

/// <summary>How long the verdict on the only program of an object takes, from its bytes on.</summary>
internal static class VerifyBenchmark
{
    public static void Run(string path, int rounds)
    {
        byte[] image = File.ReadAllBytes(path);
        VerifierOptions options = new() { KernelTypes = BtfSpec.Read(File.ReadAllBytes("/sys/kernel/btf/vmlinux")) };
        var times = new double[rounds];
        for (int round = 0; round < rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            var spec = ObjectSpec.Read(image, path);
            var program = new ProgramReader(spec, options.KernelTypes).Read(spec.Programs.Single());
            var verdict = ProgramVerifier.Verify(program, options);
            times[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            if (!verdict.IsAccepted) throw new InvalidOperationException($"{program.Name} is refused: {verdict.Explanation?.Detail}");
            if (round > 0) continue;
            Print("verify.first", times[0]);
            Print("verify.instructions", program.Instructions.Length);
            Print("verify.processed", verdict.Statistics.Processed);
        }

        Array.Sort(times);
        Print("verify.median", times[rounds / 2]);
    }

    private static void Print(string metric, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{metric} {value:F0}"));
}
