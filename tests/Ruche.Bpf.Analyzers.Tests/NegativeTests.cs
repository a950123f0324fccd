// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Compiler.FrontEnds.CSharp;
using Ruche.Bpf.Compiler.Tests;
using Ruche.Bpf.Compiler.Tests.FrontEnds;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Analyzers.Tests;

/// <summary>
/// Programs with a mistake that a .NET developer would make: testdata/negatives/NAME.cs. A comment at a line's end names the rule that the line breaks; the
/// build, whether optimized or not, and the analyzer say that, and nothing else. Behind <c>build</c> stands what only the build can see: how large a struct is, and
/// what a static constructor comes to.
/// </summary>
public sealed class NegativeTests
{
    private static readonly string Folder = Path.Combine(TestData.Root, "tests/Ruche.Bpf.Analyzers.Tests/testdata/negatives");

    public static TheoryData<string> Cases => [.. Directory.EnumerateFiles(Folder, "*.cs").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_analyzer_finds_the_mistake(string name)
    {
        string file = Path.Combine(Folder, $"{name}.cs");
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        var found = await Analysis.RunAsync(CSharpBuild.Compile(name, file, text));

        Assert.Equal(Expected(text, inSource: true), found.Select(d => new Finding(d.Location.GetLineSpan().StartLinePosition.Line + 1, d.Id)).OrderBy(f => f.Line));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_build_finds_the_mistake(string name)
    {
        string file = Path.Combine(Folder, $"{name}.cs");
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        Assert.Equal(Expected(text, inSource: false), Built(name, file, text, isOptimized: true));
        Assert.Equal(Expected(text, inSource: false), Built(name, file, text, isOptimized: false));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_build_and_the_analyzer_say_the_same(string name)
    {
        string file = Path.Combine(Folder, $"{name}.cs");
        string text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        var found = (await Analysis.RunAsync(CSharpBuild.Compile(name, file, text))).Select(d => d.GetMessage(CultureInfo.InvariantCulture)).ToHashSet();

        if (Expected(text, inSource: true).Any()) Assert.Equal(found.Order(), Diagnose(name, file, text, isOptimized: true).Select(d => $"{d.Message}; {d.Notes.Single()}").Distinct().Order());
    }

    [Fact]
    public void Every_rule_has_a_mistake()
    {
        var ids = typeof(CSharpDiagnostics).GetFields().Select(f => (string)f.GetValue(null)!).Where(i => i != CSharpDiagnostics.Assembly);

        var found = Directory.EnumerateFiles(Folder, "*.cs").SelectMany(f => Expected(File.ReadAllText(f), inSource: true)).Select(f => f.Id).ToHashSet();

        Assert.Empty(ids.Except(found));
    }

    private static IEnumerable<Finding> Built(string name, string file, string text, bool isOptimized) =>
        Diagnose(name, file, text, isOptimized).Select(d => new Finding(d.Where is Location.Text where ? where.Line : 0, d.Id)).OrderBy(f => f.Line);

    private static IReadOnlyList<Diagnostic> Diagnose(string name, string file, string text, bool isOptimized)
    {
        DiagnosticBag diagnostics = new();
        CSharpCompiler.Read(CSharpBuild.Build(name, file, text, isOptimized), CSharpBuild.References, diagnostics);
        return diagnostics.Items;
    }

    private static IEnumerable<Finding> Expected(string text, bool inSource)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int mark = lines[i].IndexOf("// RU", StringComparison.Ordinal);
            if (mark < 0 || (inSource && lines[i].EndsWith(" build", StringComparison.Ordinal))) continue;
            yield return new(i + 1, lines[i].Substring(mark + 3, 6));
        }
    }
}
