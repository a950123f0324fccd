// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;

namespace Ruche.Bpf.Objects.Tests.Instructions;

/// <summary>Seeds of a fuzz test: a fixed number of them, or as many as RUCHE_FUZZ_SECONDS allow.</summary>
internal static class FuzzSeeds
{
    public static IEnumerable<int> Take(int count)
    {
        string? seconds = Environment.GetEnvironmentVariable("RUCHE_FUZZ_SECONDS");
        if (seconds is null) return Enumerable.Range(0, count);
        var limit = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
        var clock = Stopwatch.StartNew();
        return Enumerable.Range(0, int.MaxValue).TakeWhile(_ => clock.Elapsed < limit);
    }
}
