// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bench.Verdicts;

/// <summary>Asks the running kernel about every program of every object in a folder. What goes wrong with one object is its verdict.</summary>
internal static class VerdictRun
{
    // For one object, with all its programs.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly EnumerationOptions Visible = new() { RecurseSubdirectories = true };

    /// <summary>
    /// Writes the table, and how many of each verdict there are to the standard error stream. Without privileges, which whoever starts this
    /// takes away, only programs are asked about that the kernel takes from anybody.
    /// </summary>
    public static void Run(string folder, string table, bool isUnprivileged)
    {
        Dictionary<Judgement, int> counts = [];
        using VerdictTable lines = new(table);
        foreach (string path in Directory.EnumerateFiles(folder, "*.o", Visible).Order(StringComparer.Ordinal))
        {
            foreach (var judgement in Judge(path, Path.GetRelativePath(folder, path), lines, isUnprivileged))
                counts[judgement] = counts.GetValueOrDefault(judgement) + 1;
        }

        foreach (var (judgement, count) in counts) Console.Error.WriteLine($"{judgement}: {count}");
    }

    private static List<Judgement> Judge(string path, string file, VerdictTable lines, bool isUnprivileged)
    {
        ObjectSpec spec;
        try
        {
            spec = ObjectSpec.ReadFile(path);
        }
        catch (InvalidObjectException e)
        {
            lines.Add(file, Verdict.NotJudged("object", e.Message));
            return [Judgement.NotJudged];
        }
        catch (Exception e)
        {
            // A bug of ours on one object must not keep the others from being judged; the table names it.
            lines.Add(file, Verdict.NotJudged(e.GetType().Name, e.Message));
            return [Judgement.NotJudged];
        }

        List<Judgement> judgements = [];
        long start = Stopwatch.GetTimestamp();
        foreach (var program in spec.Programs)
        {
            if (isUnprivileged && program.Type is not (ProgramType.SocketFilter or ProgramType.CgroupSkb)) continue;
            var tags = ProgramTags.Of(program, spec.Btf);
            var verdict = Stopwatch.GetElapsedTime(start) > Limit
                ? Verdict.NotJudged("time", $"the programs before took more than {Limit.TotalSeconds} s")
                : KernelOpinion.Of(spec, program, tags.Flags);
            lines.Add(file, program, tags, verdict);
            judgements.Add(verdict.Judgement);
        }

        return judgements;
    }
}
