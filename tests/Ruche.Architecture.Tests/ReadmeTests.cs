// SPDX-License-Identifier: MIT
using Ruche.Architecture.Tests.Documents;

namespace Ruche.Architecture.Tests;

/// <summary>README.md shows code and numbers as they are: nothing between a marker and its end is written by hand.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void The_readme_shows_the_samples_and_the_newest_numbers()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        string filled = MarkedText.Fill(text, Contents);

        Approved.Verify("README.md", filled);
    }

    [Fact]
    public void Every_page_the_readme_links_to_exists()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

        var targets = text.Split("](").Skip(1).Select(part => part[..part.IndexOf(')', StringComparison.Ordinal)])
            .Where(target => !target.Contains("://", StringComparison.Ordinal));

        Assert.All(targets, target => Assert.True(Path.Exists(Path.Combine(Repository.Root, target)), target));
    }

    private static string? Contents(string kind, string argument) => kind switch
    {
        "code" => SampleCode.Of(Path.Combine(Repository.Root, argument)),
        "bench" => BenchmarkTables.Of(Path.Combine(Repository.Root, "bench", "results")),
        _ => null,
    };
}
