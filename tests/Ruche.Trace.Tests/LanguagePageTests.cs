// SPDX-License-Identifier: MIT
using System.Text;
using System.Text.RegularExpressions;
using Ruche.Trace.Tests.Running;

namespace Ruche.Trace.Tests;

/// <summary>docs/reference/trace-language.md: what the language has, and for each the cases that prove it. What is there is what testdata/language.txt lists.</summary>
public sealed class LanguagePageTests
{
    private const int MostCases = 3;
    private const string CommandLine = "cli";

    private static readonly Lazy<(string Group, string What, Regex Pattern, bool IsMissing)[]> Rows = new(() => [.. File.ReadLines(PathOf("tests/Ruche.Trace.Tests/testdata/language.txt")).Where(l => !l.StartsWith('#')).Select(Read)]);

    private static readonly Lazy<(string Name, string Text, string Kernels)[]> Scripts = new(() => [("WatchpointTests", File.ReadAllText(PathOf("tests/Ruche.Trace.Tests/Running/WatchpointTests.cs")), "6.18"), ("OverrideTests", File.ReadAllText(PathOf("tests/Ruche.Trace.Tests/Running/OverrideTests.cs")), "compiled only"), .. RunCase.Files.SelectMany(f => RunCase.Read(f).Where(c => !c.ExpectedErrors.Any(e => e.Contains("error RU", StringComparison.Ordinal))).Select(c => ($"{f}: {c.Name}", c.Written, KernelsOf(f, c))))]);

    private static readonly Lazy<(string Name, string Text, string Kernels)[]> Commands = new(() =>
        [.. new[] { "trace", "tool" }.SelectMany(f => File.ReadAllText(PathOf($"tests/Ruche.Cli.Tests/Cases/{f}.case")).Split("\nNAME ").Skip(1).Select(c => ($"{f}: {c.Split('\n')[0]}", c, "6.18")))]);

    [Fact]
    public void Each_row_has_a_case() => Assert.All(Rows.Value.Where(r => !r.IsMissing), row => Assert.NotEmpty(ProofsOf(row)));

    [Fact]
    public void What_is_not_there_yet_has_none() => Assert.All(Rows.Value.Where(r => r.IsMissing), row => Assert.Empty(ProofsOf(row)));

    [Fact]
    public void The_page_is_what_the_cases_say()
    {
        StringBuilder page = new("# The language, and what proves it\n\n");
        page.Append("What `ruche trace` knows of the bpftrace language, and for each thing cases that show it on running kernels: at most three of those that do, and the kernels on which the tests run them.\n");
        page.Append("The cases are in `tests/Ruche.Trace.Tests/testdata/run`, those of the command line in `tests/Ruche.Cli.Tests/Cases`.\n");
        foreach (var group in Rows.Value.Where(r => !r.IsMissing).GroupBy(r => r.Group))
        {
            page.Append($"\n## {(group.Key == CommandLine ? "Command line" : char.ToUpperInvariant(group.Key[0]) + group.Key[1..])}\n\n| what | cases | kernels |\n|---|---|---|\n");
            foreach (var row in group)
            {
                var proofs = ProofsOf(row);
                string cases = string.Join("; ", proofs.Take(MostCases).Select(p => p.Name)) + (proofs.Length > MostCases ? "; and others" : "");
                page.Append($"| {row.What.Replace("|", "\\|", StringComparison.Ordinal)} | {cases.Replace("|", "\\|", StringComparison.Ordinal)} | {proofs[0].Kernels} |\n");
            }
        }

        if (Rows.Value.Any(r => r.IsMissing)) page.Append("\n## Not there yet\n\n");
        foreach (var row in Rows.Value.Where(r => r.IsMissing)) page.Append($"- {row.What}\n");
        Approved.Verify("docs/reference/trace-language.md", page.ToString());
    }

    private static (string, string, Regex, bool) Read(string line)
    {
        string[] parts = line.TrimStart('!').Split(" | ", 3);
        return (parts[0], parts[1], new(parts[2], RegexOptions.None, TimeSpan.FromSeconds(5)), line.StartsWith('!'));
    }

    // The simplest first: a case that is about something else proves less. One on all kernels before one on some.
    private static (string Name, string Text, string Kernels)[] ProofsOf((string Group, string What, Regex Pattern, bool IsMissing) row) =>
        [.. (row.Group == CommandLine ? Commands : Scripts).Value.Where(c => row.Pattern.IsMatch(c.Text)).OrderByDescending(c => c.Kernels.Length).ThenBy(c => c.Text.Length).ThenBy(c => c.Name, StringComparer.Ordinal)];

    // The host's is the newest that all hooks but those of functions work on.
    private static string KernelsOf(string file, RunCase one)
    {
        string[] all = ["5.10", "6.1", "6.12", "6.18", "7.x"];
        var kernels = all.Where(k => one.Since is not { } since || k == "7.x" || Version.Parse(k) >= since).Where(k => file switch { "functions" => k != "6.18", "dotnet" => k == "6.18", _ => true });
        return string.Join(", ", kernels);
    }

    private static string PathOf(string file) => Path.Combine(Repository.Root, file);
}
