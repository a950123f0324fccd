// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ruche.Architecture.Tests;
using Ruche.Bpf.Build;
using Ruche.Bpf.Compiler;
using Ruche.Bpf.Machine;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;

namespace Ruche.Bpf.Objects.Tests.Diagnostics;

/// <summary>docs/reference/diagnostics.md: every id there is, what it means, and what it says about a real bad input.</summary>
public sealed partial class DiagnosticPageTests
{
    private const string Head = """
        # Diagnostics

        What Ruche says about programs, objects, types, assembly and trace scripts that it cannot use. Each message has a stable id, which is never given
        to anything else; `ruche` and `InvalidObjectException` show it. What a message points to is a file and, where there is one, a section
        with an offset in bytes, or a line with a column.

        The tests generate this page: the meanings are the doc comments of the ids, the messages come from inputs that provoke them.
        `eng/docs` rewrites it.

        """;

    private static readonly (string Prefix, string Title)[] Chapters =
    [
        ("RU10", "Programs in C#"),
        ("RU11", "Builds of programs in C#"),
        ("RU20", "The compiler"),
        ("RU30", "ELF files"),
        ("RU31", "BTF"),
        ("RU32", "BTF.ext"),
        ("RU33", "Objects"),
        ("RU34", "Linking"),
        ("RU35", "CO-RE"),
        ("RU36", "Instructions and assembly"),
        ("RU37", "The machine"),
        ("RU60", "Trace scripts"),
        ("RU61", "Probes of trace scripts"),
        ("RU62", "Names and types of trace scripts"),
        ("RU64", "Formats of trace scripts"),
    ];

    private static readonly Assembly[] Libraries =
        [typeof(Diagnostic).Assembly, typeof(MachineDiagnostics).Assembly, typeof(CompilerDiagnostics).Assembly, typeof(BuildDiagnostics).Assembly, typeof(TraceDiagnostics).Assembly];

    private static readonly FieldInfo[] Ids =
    [
        .. Libraries.SelectMany(library => library.GetTypes())
            .Where(t => t.Name.EndsWith("Diagnostics", StringComparison.Ordinal) && t is { IsAbstract: true, IsSealed: true })
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .OrderBy(ValueOf, StringComparer.Ordinal),
    ];

    private static readonly Dictionary<string, string> Meanings = Libraries
        .SelectMany(library => XDocument.Load(Path.ChangeExtension(library.Location, ".xml")).Descendants("member"))
        .ToDictionary(m => m.Attribute("name")!.Value, m => Spaces().Replace(m.Element("summary")?.Value.Trim() ?? "", " "));

    public static TheoryData<string> SampleIds => [.. DiagnosticSamples.All.Select(s => s.Id)];

    [Fact]
    public void An_id_belongs_to_one_diagnostic() =>
        Assert.Equal(Ids.Select(ValueOf).Distinct(), Ids.Select(ValueOf));

    [Fact]
    public void Every_id_is_explained_and_belongs_to_a_chapter() => Assert.All(Ids, id =>
    {
        Assert.NotEmpty(MeaningOf(id));
        Assert.Contains(Chapters, c => ValueOf(id).StartsWith(c.Prefix, StringComparison.Ordinal));
    });

    [Fact]
    public void Every_id_has_one_sample() => Assert.Equal(Ids.Select(ValueOf), DiagnosticSamples.All.Select(s => s.Id).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(SampleIds))]
    public void A_sample_provokes_its_id(string id) => Assert.Equal(id, DiagnosticSamples.All.Single(s => s.Id == id).Provoke().Id);

    [Fact]
    public void No_id_is_written_outside_its_constant()
    {
        var written = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(f => QuotedId().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups[1].Value)
            // Rules for programs have a page of their own: docs/reference/verifier.md.
            .Where(id => !id.StartsWith("RU4", StringComparison.Ordinal));

        Assert.Equal(Ids.Select(ValueOf), written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_has_a_message_for_every_id()
    {
        var samples = DiagnosticSamples.All.ToDictionary(s => s.Id);
        StringBuilder page = new(Head);

        foreach (var (prefix, title) in Chapters)
        {
            page.AppendLine().AppendLine($"## {title}");
            foreach (var id in Ids.Where(i => ValueOf(i).StartsWith(prefix, StringComparison.Ordinal)))
            {
                var sample = samples[ValueOf(id)];
                page.AppendLine().AppendLine($"### {sample.Id}").AppendLine();
                page.AppendLine(MeaningOf(id)).AppendLine();
                page.AppendLine($"For {sample.Input}:").AppendLine();
                page.AppendLine("```").AppendLine(sample.Provoke().ToString()).AppendLine("```");
            }
        }

        Approved.Verify("docs/reference/diagnostics.md", page.ToString());
    }

    private static string ValueOf(FieldInfo id) => (string)id.GetRawConstantValue()!;

    private static string MeaningOf(FieldInfo id) => Meanings.GetValueOrDefault($"F:{id.DeclaringType!.FullName}.{id.Name}", "");

    [GeneratedRegex("\"(RU[0-9]{4})\"")]
    private static partial Regex QuotedId();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
