// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Architecture.Tests;

/// <summary>docs/reference/sections.md is the table of <see cref="SectionNames"/>.</summary>
public sealed class SectionPageTests
{
    private const string Head = """
        # Section names

        What `SEC("…")` says about a program. The tests generate this page from `SectionNames`; `eng/docs` rewrites it.

        - *Attach type* is given to the kernel at load; one marked with `?` is left out where the kernel does not know it yet.
        - *Attached as* says what `ruche run` and `BpfObject.Attach` do; with a dash, the program is loaded and attached by hand.
        - `/…` is what the program is attached to; without it, the caller says.
        - A question mark in front of any name (`SEC("?xdp")`) leaves the program out unless it is asked for.
        - As older loaders did, a name that is followed by anything but a letter counts as that name: `xdp_filter`, `socket1`.
        - A program in a section of any other name has no type until the caller gives it one.

        """;

    [Fact]
    public void The_page_lists_every_section_name()
    {
        StringBuilder page = new(Head);

        page.AppendLine().AppendLine("## Names of libbpf").AppendLine();
        Table(page, SectionNames.Definitions);
        page.AppendLine().AppendLine("## Names of older loaders").AppendLine();
        Table(page, SectionNames.OlderNames);

        Approved.Verify("docs/reference/sections.md", page.ToString());
    }

    private static void Table(StringBuilder page, IEnumerable<SectionDefinition> definitions)
    {
        page.AppendLine("| Section | Program type | Attach type | Attached as | Load flags |");
        page.AppendLine("| --- | --- | --- | --- | --- |");
        foreach (var definition in definitions) page.AppendLine(Row(definition));
    }

    private static string Row(SectionDefinition definition)
    {
        string name = definition.Target is SectionTarget.Optional ? $"`{definition.Name}`, `{definition.Name}/…`" : $"`{definition.Name}`";
        string attachType = definition.AttachType is { } type ? $"{type}{(definition.IsAttachTypeOptional ? " ?" : "")}" : "–";
        string attach = definition.Attach is AttachKind.None ? "–" : $"{definition.Attach}";
        string flags = definition.Flags is ProgramFlags.None ? "–" : $"{definition.Flags}";
        return $"| {name} | {definition.Type} | {attachType} | {attach} | {flags} |";
    }
}
