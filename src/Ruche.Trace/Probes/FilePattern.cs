// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Probes;

/// <summary>Finds files whose paths match a pattern; a wildcard stands for no slash.</summary>
internal static class FilePattern
{
    /// <summary>The files, in the order of their names; none when the pattern has no slash, as there is no place to look then.</summary>
    public static IReadOnlyList<string> Find(string pattern)
    {
        if (!pattern.Contains('/', StringComparison.Ordinal)) return [];
        string[] parts = Path.GetFullPath(pattern).Split('/', StringSplitOptions.RemoveEmptyEntries);
        return [.. Find("/", parts).Order(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Find(string directory, ReadOnlyMemory<string> parts)
    {
        bool isLast = parts.Length == 1;
        return Entries(directory, parts.Span[0], isLast).SelectMany(path => isLast ? [path] : Find(path, parts[1..]));
    }

    private static IEnumerable<string> Entries(string directory, string part, bool areFiles)
    {
        if (!NamePattern.IsWild(part))
        {
            string path = Path.Combine(directory, part);
            return (areFiles ? File.Exists(path) : Directory.Exists(path)) ? [path] : [];
        }

        NamePattern pattern = new(part);
        try
        {
            var entries = areFiles ? Directory.EnumerateFiles(directory) : Directory.EnumerateDirectories(directory);
            return [.. entries.Where(e => pattern.Matches(Path.GetFileName(e)))];
        }
        catch (UnauthorizedAccessException)
        {
            return [];
        }
    }
}
