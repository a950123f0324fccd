// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;

/// <summary>The text of source files, where they are still there.</summary>
internal static class SourceFiles
{
    private static readonly Dictionary<string, string[]> Files = new(StringComparer.Ordinal);

    public static string[] LinesOf(string file)
    {
        lock (Files)
        {
            if (!Files.TryGetValue(file, out string[]? lines)) Files.Add(file, lines = File.Exists(file) ? File.ReadAllLines(file) : []);
            return lines;
        }
    }

    /// <summary>A line's text; empty when there is none.</summary>
    public static string TextOf(string file, int line) => LinesOf(file) is var lines && line >= 1 && line <= lines.Length ? lines[line - 1].Trim() : "";
}
