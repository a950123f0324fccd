// SPDX-License-Identifier: MIT
using System.Xml.Linq;

namespace Ruche.Architecture.Tests;

/// <summary>The layer table of docs/architecture.md, held against every project file under src/.</summary>
public sealed class LayerTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Ruche.Bpf.Objects"] = [],
        ["Ruche.Bpf.Kernel"] = [],
        ["Ruche.Bpf.Abstractions"] = ["Ruche.Bpf.Objects"],
        ["Ruche.Bpf.Verifier"] = ["Ruche.Bpf.Objects", "Ruche.Bpf.Abstractions"],
        ["Ruche.Bpf.Compiler"] = ["Ruche.Bpf.Objects"],
        ["Ruche.Bpf.Analyzers"] = [],
        ["Ruche.Bpf.Machine"] = ["Ruche.Bpf.Objects", "Ruche.Bpf.Abstractions", "Ruche.Bpf.Verifier"],
        ["Ruche.Bpf"] = ["Ruche.Bpf.Objects", "Ruche.Bpf.Abstractions", "Ruche.Bpf.Verifier"],
        ["Ruche.Trace"] = ["Ruche.Bpf.Objects", "Ruche.Bpf.Abstractions", "Ruche.Bpf.Compiler", "Ruche.Bpf.Machine", "Ruche.Bpf", "Ruche.Symbols"],
        ["Ruche.Symbols"] = ["Ruche.Bpf.Objects"],
        ["Ruche.Cli"] = ["Ruche.Trace", "Ruche.Bpf", "Ruche.Bpf.Machine", "Ruche.Bpf.Verifier", "Ruche.Bpf.Objects", "Ruche.Bpf.Abstractions"],
    };

    public static TheoryData<string> Projects =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_layer_table_allows(string path)
    {
        string project = Path.GetFileNameWithoutExtension(path);

        var referenced = XDocument.Load(path).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.True(Allowed.ContainsKey(project), $"{project} is not in the layer table");
        Assert.Empty(referenced.Except(Allowed[project]));
    }

    [Fact]
    public void Every_project_of_the_table_exists() =>
        Assert.Equal(Allowed.Keys.Order(), Projects.Select(p => Path.GetFileNameWithoutExtension(p.Data)).Order());

    [Fact]
    public void The_architecture_page_lists_every_project()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));

        Assert.All(Allowed.Keys, project => Assert.Contains($"`{project}`", page, StringComparison.Ordinal));
    }
}
