// SPDX-License-Identifier: MIT
namespace Ruche.Architecture.Tests.Documents;

/// <summary>The tables of the newest measurements, each with the heading and the machine its page opens with.</summary>
internal static class BenchmarkTables
{
    private const int MostRows = 12;
    private const string Sum = "geometric mean";

    /// <summary>Null as long as nothing has been measured. Files are named by date and subject: the newest of each subject counts.</summary>
    public static string? Of(string results)
    {
        if (!Directory.Exists(results)) return null;
        var newest = Directory.EnumerateFiles(results, "*.md")
            .OrderByDescending(f => f, StringComparer.Ordinal)
            .DistinctBy(SubjectOf)
            .OrderBy(SubjectOf, StringComparer.Ordinal)
            .ToList();
        return newest.Count == 0 ? null : string.Join('\n', newest.Select(Table));
    }

    // 2026-01-31-ground.md is about ground.
    private static string SubjectOf(string file) => Path.GetFileNameWithoutExtension(file)["yyyy-mm-dd-".Length..];

    private static string Table(string file)
    {
        string[] lines = File.ReadAllLines(file);
        string heading = lines[0].TrimStart('#', ' ');
        string machine = lines.First(l => l.Length > 0 && l[0] != '#');
        return $"{string.Join("\n\n", Blocks(lines).Select(Shown).OfType<string>())}\n\n[{heading}](bench/results/{Path.GetFileName(file)}). {machine}\n";
    }

    // A table with what sums it up, where something does.
    private static IEnumerable<(List<string> Rows, string? Summary)> Blocks(string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            var rows = lines.Skip(i).TakeWhile(l => l.StartsWith('|')).ToList();
            if (rows.Count == 0) continue;
            i += rows.Count;
            string? next = lines.Skip(i).FirstOrDefault(l => l.Length > 0);
            yield return (rows, next?.Contains(Sum, StringComparison.OrdinalIgnoreCase) is true ? next : null);
        }
    }

    // Long tables are for the page itself, when there is a line that says what they come to.
    private static string? Shown((List<string> Rows, string? Summary) block) => block.Summary is { } summary && block.Rows.Count > MostRows ? summary : string.Join('\n', block.Rows);
}
