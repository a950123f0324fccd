// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Tests.Instructions;

/// <summary>One case of the conformance suite: its sections by name, and the bytecode the suite's own assembler makes of it.</summary>
internal sealed record ConformanceCase(string Name, IReadOnlyDictionary<string, string> Sections, byte[] Bytecode)
{
    private const string Folder = "bpf_conformance";

    public static IReadOnlyList<ConformanceCase> Positive { get; } = Load("bytecode.tsv");

    public static IReadOnlyList<ConformanceCase> Negative { get; } = Load("negative.tsv");

    /// <summary>Skips the running test when the suite is not beside the repository.</summary>
    public static void Require() =>
        Assert.SkipWhen(SharedFiles.Find(Folder) is null, $"{Folder} is not in ../shared/data; RUCHE_SHARED names another folder");

    private static List<ConformanceCase> Load(string table)
    {
        if (SharedFiles.Find(Folder) is not { } folder) return [];
        List<ConformanceCase> cases = [];
        foreach (string line in File.ReadLines(Path.Combine(folder, table)))
        {
            string[] columns = line.Split('\t');
            if (!columns[0].EndsWith(".data", StringComparison.Ordinal)) continue;
            byte[] bytecode = columns.Length > 4 ? Convert.FromHexString(columns[4]) : [];
            cases.Add(new(columns[0], ReadSections(Path.Combine(folder, columns[0])), bytecode));
        }

        return cases;
    }

    private static Dictionary<string, string> ReadSections(string path)
    {
        Dictionary<string, string> sections = [];
        string? current = null;
        foreach (string line in File.ReadLines(path))
        {
            if (line.StartsWith("--", StringComparison.Ordinal)) sections[current = line[2..].Trim()] = "";
            else if (current is not null) sections[current] += line + "\n";
        }

        return sections;
    }
}
