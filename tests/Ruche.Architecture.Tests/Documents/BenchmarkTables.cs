// SPDX-License-Identifier: MIT
namespace Ruche.Architecture.Tests.Documents;

/// <summary>The tables of the newest measurements, each with the heading and the machine its page opens with.</summary>
internal static class BenchmarkTables
{
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
        var rows = lines.Where(l => l.StartsWith('|')).ToList();

        // Where one table ends and the next begins.
        for (int i = rows.Count - 1; i > 1; i--)
        {
            if (rows[i].StartsWith("|---", StringComparison.Ordinal)) rows.Insert(i - 1, "");
        }

        return $"{string.Join('\n', rows)}\n\n[{heading}](bench/results/{Path.GetFileName(file)}). {machine}\n";
    }
}
