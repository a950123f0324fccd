// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bench.Verdicts;

/// <summary>Asks the running kernel about every program of every object in a folder. What goes wrong with one object is its verdict.</summary>
internal static class VerdictRun
{
    // How many programs that take all the time that one is given may be in an object.
    private const int SlowPrograms = 5;

    private static readonly EnumerationOptions Visible = new() { RecurseSubdirectories = true };

    /// <summary>
    /// Writes the table, and how many of each verdict there are to the standard error stream. Without privileges, which whoever starts this
    /// takes away, only programs are asked about that the kernel takes from anybody.
    /// </summary>
    /// <param name="folder">Where the objects are, at any depth.</param>
    /// <param name="table">Where the table goes.</param>
    /// <param name="most">How long one program may take.</param>
    /// <param name="isUnprivileged">Whether this process has no privileges.</param>
    public static void Run(string folder, string table, TimeSpan most, bool isUnprivileged)
    {
        Dictionary<Judgement, int> counts = [];
        using VerdictTable lines = new(table);
        foreach (string path in Directory.EnumerateFiles(folder, "*.o", Visible).Order(StringComparer.Ordinal))
        {
            foreach (var judgement in Judge(path, Path.GetRelativePath(folder, path), lines, most, isUnprivileged))
                counts[judgement] = counts.GetValueOrDefault(judgement) + 1;
        }

        foreach (var (judgement, count) in counts) Console.Error.WriteLine($"{judgement}: {count}");
    }

    private static List<Judgement> Judge(string path, string file, VerdictTable lines, TimeSpan most, bool isUnprivileged)
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

        string kconfig = KconfigOf(spec);
        List<Judgement> judgements = [];
        long start = Stopwatch.GetTimestamp();
        foreach (var program in spec.Programs)
        {
            if (isUnprivileged && program.Type is not (ProgramType.SocketFilter or ProgramType.CgroupSkb)) continue;
            var tags = ProgramTags.Of(program, spec.Btf);
            var verdict = Stopwatch.GetElapsedTime(start) > SlowPrograms * most
                ? Verdict.NotJudged("time", $"the programs before took more than {SlowPrograms * most.TotalSeconds} s")
                : KernelOpinion.Of(spec, program, tags.Flags, most);
            lines.Add(file, program, tags, kconfig, verdict);
            judgements.Add(verdict.Judgement);
        }

        return judgements;
    }

    /// <summary>The constants that this kernel's configuration gives the object; empty when there are none, or they are unknown.</summary>
    private static string KconfigOf(ObjectSpec spec)
    {
        try
        {
            return Convert.ToHexStringLower(KconfigValues.Of(spec).AsSpan());
        }
        catch (BpfException)
        {
            return "";
        }
    }
}
