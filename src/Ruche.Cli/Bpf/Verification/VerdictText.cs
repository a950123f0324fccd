// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Explanations;

namespace Ruche.Cli.Bpf.Verification;

/// <summary>Verdicts as text: a line a program, and the explanations below it when asked for.</summary>
internal static class VerdictText
{
    /// <summary>Prints them.</summary>
    public static void Write(List<ProgramVerdicts> programs, bool explains, bool showsStatistics)
    {
        foreach (var program in programs)
        {
            Console.WriteLine($"{program.Program.Name} ({program.Program.Type.KernelName()}): {Headline(program.Verdicts)}");
            foreach (var verdict in Shown(program.Verdicts))
            {
                if (explains) WriteExplanation(verdict.Explanation!);
                else Console.WriteLine($"  {Where(verdict.Explanation!)}{verdict.Explanation!.Detail} [{verdict.Explanation.Rule.Id}]");
            }

            if (showsStatistics) foreach (var verdict in program.Verdicts) WriteStatistics(verdict, program.Verdicts.Length > 1);
        }
    }

    // Kernels that refuse a program for the same reason are told of once.
    private static IEnumerable<Verdict> Shown(ImmutableArray<Verdict> verdicts) =>
        verdicts.Where(v => !v.IsAccepted).DistinctBy(v => (v.Explanation!.Rule.Id, v.Explanation.Slot, v.Explanation.Detail));

    private static string Headline(ImmutableArray<Verdict> verdicts)
    {
        if (verdicts is [var only]) return $"{(only.IsAccepted ? "accepted" : "rejected")} by Linux {only.Kernel.Release}";
        if (verdicts.All(v => v.IsAccepted)) return $"accepted by Linux {List(verdicts)}";
        if (!verdicts.Any(v => v.IsAccepted)) return $"rejected by Linux {List(verdicts)}";
        int first = FirstAccepted(verdicts);
        return verdicts.Skip(first).All(v => v.IsAccepted)
            ? $"loads from Linux {verdicts[first].Kernel.Release} on; rejected by {List(verdicts[..first])}"
            : $"accepted by Linux {List([.. verdicts.Where(v => v.IsAccepted)])}; rejected by {List([.. verdicts.Where(v => !v.IsAccepted)])}";
    }

    private static int FirstAccepted(ImmutableArray<Verdict> verdicts)
    {
        for (int i = 0; i < verdicts.Length; i++)
        {
            if (verdicts[i].IsAccepted) return i;
        }

        return verdicts.Length;
    }

    private static string List(ImmutableArray<Verdict> verdicts) => string.Join(", ", verdicts.Select(v => v.Kernel.Release));

    private static string Where(Explanation explanation) => explanation.Place is { } place ? $"{place}: "
        : explanation.Slot >= 0 ? string.Create(CultureInfo.InvariantCulture, $"instruction {explanation.Slot}: ") : "";

    private static void WriteExplanation(Explanation explanation)
    {
        foreach (string line in ExplanationText.Lines(explanation)) Console.WriteLine($"  {line}");
    }

    private static void WriteStatistics(Verdict verdict, bool namesKernel)
    {
        var x = verdict.Statistics;
        string kernel = namesKernel ? $"Linux {verdict.Kernel.Release}: " : "";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {kernel}{x.Processed} instructions processed, {x.States} states remembered, at most {x.PeakPending} paths pending, {x.StackDepth} bytes of stack"));
    }
}
