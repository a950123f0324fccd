// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Explanations;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bench.Verdicts;

/// <summary>Asks Ruche's verifier about every program that the kernel has judged, and puts both answers side by side.</summary>
internal sealed class AgreementRun
{
    private readonly List<Row> _rows = [];
    private readonly string _corpus;
    private readonly VerifierOptions _options;

    private AgreementRun(string corpus, VerifierOptions options)
    {
        _corpus = corpus;
        _options = options;
    }

    /// <summary>Against the kernel that runs here.</summary>
    public static AgreementRun OfThisKernel(string corpus, bool isUnprivileged) => new(corpus, new()
    {
        Kernel = KernelProfile.Linux618 with { IsPrivileged = !isUnprivileged },
        KernelTypes = TypesIn("/sys/kernel/btf/vmlinux"),
    });

    /// <summary>Against the kernel of another machine.</summary>
    /// <param name="corpus">The folder of the objects.</param>
    /// <param name="release">Its release, as far as a profile names it: <c>6.12</c>.</param>
    /// <param name="types">A copy of its types.</param>
    public static AgreementRun Of(string corpus, string release, string types) => new(corpus, new()
    {
        Kernel = KernelProfile.All.Single(p => p.Release.ToString() == release),
        KernelTypes = TypesIn(types),
    });

    /// <summary>Goes through a table of verdicts and writes one line a program; prints the summary.</summary>
    public void Run(string verdicts, string output, string filter)
    {
        foreach (var group in Table(verdicts).Where(r => r["verdict"] is "accepted" or "rejected").GroupBy(r => r["object"]))
        {
            if (group.Key.Contains(filter, StringComparison.Ordinal)) Judge(group.Key, [.. group]);
        }

        Write(output);
        Summarize();
    }

    private static BtfSpec TypesIn(string path) => BtfSpec.Read(File.ReadAllBytes(path));

    private static IEnumerable<Dictionary<string, string>> Table(string path)
    {
        string[]? columns = null;
        foreach (string line in File.ReadLines(path))
        {
            string[] fields = line.Split('\t');
            if (columns is null) columns = fields;
            else yield return columns.Zip(fields).ToDictionary(x => x.First, x => x.Second);
        }
    }

    private void Judge(string file, List<Dictionary<string, string>> lines)
    {
        // The kernel has judged these programs, so they can be read.
        var spec = ObjectSpec.Read(File.ReadAllBytes(Path.Combine(_corpus, file)), file);
        ImmutableArray<byte> kconfig = lines[0].TryGetValue("kconfig", out string? hex) ? [.. Convert.FromHexString(hex)] : KconfigValues.Of(spec);
        ProgramReader reader = new(spec, _options.KernelTypes, kconfig);
        foreach (var line in lines)
        {
            var program = spec.Programs.First(p => p.Name == line["program"] && p.Section == line["section"]);
            var flags = Enum.TryParse<ProgramFlags>(line["flags"], out var given) ? given : ProgramFlags.None;
            Judge(file, reader, program with { Flags = program.Flags | flags }, line);
        }
    }

    private void Judge(string file, ProgramReader reader, ProgramSpec program, Dictionary<string, string> line)
    {
        long start = Stopwatch.GetTimestamp();
        Bpf.Verifier.Verdict? verdict = null;
        string failure = "";
        try
        {
            var read = reader.Read(program);
            // Without types the kernel has taken every function for one that is proven where it is called.
            if (line["types_refused"].Length > 0) read = read with { Functions = [], Types = null };
            verdict = ProgramVerifier.Verify(read, _options);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            failure = $"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
        }

        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        _ = int.TryParse(line["instructions"], CultureInfo.InvariantCulture, out int processed);
        _rows.Add(new(
            file, program.Name, line["type"], line["verdict"] is "accepted", verdict?.IsAccepted, milliseconds, processed, verdict?.Statistics.Processed ?? 0,
            verdict?.Explanation, failure.Length > 0 ? failure : verdict?.Explanation is { } x ? $"{x.Rule.Id} @{x.Slot} {x.Detail}" : "", line["reason"]));
    }

    private void Write(string output)
    {
        using StreamWriter lines = new(output);
        foreach (var row in _rows)
        {
            lines.WriteLine(string.Join('\t', row.File, row.Program, row.Type, row.IsAcceptedByKernel ? "accept" : "reject",
                row.IsAccepted switch { true => "accept", false => "reject", null => "crash" },
                row.Milliseconds.ToString("F2", CultureInfo.InvariantCulture), row.Processed.ToString(CultureInfo.InvariantCulture),
                row.OwnProcessed.ToString(CultureInfo.InvariantCulture), row.Detail.ReplaceLineEndings(" "), row.Reason));
        }
    }

    private void Summarize()
    {
        foreach (var group in _rows.GroupBy(r => r.File.Split('/')[0]).Append(_rows.GroupBy(_ => "all").First()))
        {
            int Count(bool kernel, bool? own) => group.Count(r => r.IsAcceptedByKernel == kernel && r.IsAccepted == own);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{group.Key}: accept/accept {Count(true, true)}, accept/reject {Count(true, false)}, reject/accept {Count(false, true)}, reject/reject {Count(false, false)}, crash {group.Count(r => r.IsAccepted is null)}"));
        }

        double[] times = [.. _rows.Select(r => r.Milliseconds).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"time: median {times[times.Length / 2]:F2} ms, p95 {times[times.Length * 95 / 100]:F1} ms, most {times[^1]:F0} ms"));
        double[] ratios = [.. _rows.Where(r => r is { IsAcceptedByKernel: true, IsAccepted: true, Processed: > 0 }).Select(r => (double)r.OwnProcessed / r.Processed).Order()];
        // Kernels before 5.16 do not tell.
        if (ratios.Length == 0) return;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"instructions against the kernel's: median {ratios[ratios.Length / 2]:F2}, p95 {ratios[ratios.Length * 95 / 100]:F2}, most {ratios[^1]:F2}"));
    }

    private sealed record Row(
        string File, string Program, string Type, bool IsAcceptedByKernel, bool? IsAccepted, double Milliseconds, int Processed, int OwnProcessed,
        Explanation? Explanation, string Detail, string Reason);
}
