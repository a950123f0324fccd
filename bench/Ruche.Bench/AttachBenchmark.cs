// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;
using Ruche.Bpf.Loading;

namespace Ruche.Bench;

/// <summary>Attaches one program to many functions of the kernel or of a file, again and again; the median of the rounds.</summary>
internal static class AttachBenchmark
{
    public static void Run(string path, string list, string pattern, int rounds)
    {
        using var many = BpfObject.Open(path);
        many.Load();
        var program = many.Program("many");
        string[] functions = File.ReadAllLines(list);
        Print("attach_list", rounds, () => program.AttachKprobes(functions));
        Print("attach_pattern", rounds, () => program.AttachKprobes(pattern));
    }

    public static void RunPlaces(string path, string file, int rounds)
    {
        using var loaded = BpfObject.Open(path);
        loaded.Load();
        var program = loaded.Program("places");
        Print("attach_places", rounds, () => program.AttachUprobes(file, "place_*"));
        using var links = program.AttachUprobes(file, "place_*");
        Measure.Print("place_links", links is LinkGroup group ? group.Members.Length : 1);
    }

    private static void Print(string metric, int rounds, Func<BpfLink> attach)
    {
        long[] durations = new long[rounds];
        for (int i = 0; i < rounds; i++)
        {
            BpfLink? link = null;
            durations[i] = Measure.Time(() => link = attach());
            link!.Dispose();
        }

        Measure.Print(metric, Measure.Median(durations));
    }
}
