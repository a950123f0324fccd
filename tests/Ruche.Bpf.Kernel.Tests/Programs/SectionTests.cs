// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;
using Ruche.Bpf.Kernel.Lowering;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Kernel.Tests.Programs;

/// <summary>The attributes that make methods programs, held against the names that loaders know.</summary>
public sealed partial class SectionTests
{
    private static (Type Type, SectionAttribute Attribute)[] Sections { get; } = [.. KernelLibrary.TypesWith<SectionAttribute>()];

    public static TheoryData<string> Formats => [.. Sections.Select(s => s.Attribute.Format)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_section_is_one_that_loaders_know(string format)
    {
        SectionMatch match = SectionNames.Match(Placeholder().Replace(format, "x"));

        Assert.NotNull(match.Definition);
        Assert.Equal(Placeholder().Replace(format, "").TrimEnd('/', ':'), match.Definition.Name);
    }

    [Fact]
    public void Every_name_has_an_attribute()
    {
        // Some names are others for the same.
        var said = Sections.SelectMany(s => Variants(s.Type, s.Attribute)).Select(n => SectionNames.Match(n).Definition! with { Name = "" }).ToHashSet();

        var missing = SectionNames.Definitions.Where(d => !said.Contains(d with { Name = "" })).Select(d => d.Name);

        Assert.Empty(missing);
    }

    [Fact]
    public void Variants_are_names_that_loaders_know() =>
        Assert.All(Sections.SelectMany(s => Variants(s.Type, s.Attribute)), n => Assert.Equal(n, SectionNames.Match(n).Definition?.Name));

    [Fact]
    public void What_can_sleep_or_has_fragments_can_be_told()
    {
        var names = Sections.SelectMany(s => Variants(s.Type, s.Attribute)).ToHashSet();
        var plain = Sections.Select(s => NameOf(s.Attribute)).ToHashSet();

        var missing = SectionNames.Definitions.Select(d => d.Name)
            .Where(n => !names.Contains(n) && plain.Contains(n.Replace(".frags", "", StringComparison.Ordinal).Replace(".s", "", StringComparison.Ordinal)));

        Assert.Empty(missing);
    }

    [Fact]
    public void Attributes_are_of_programs() => Assert.All(Sections, s => Assert.True(s.Type.IsSubclassOf(typeof(BpfProgramAttribute)) && s.Type.IsSealed));

    private static string NameOf(SectionAttribute attribute) => Placeholder().Replace(attribute.Format, "").TrimEnd('/', ':');

    private static IEnumerable<string> Variants(Type type, SectionAttribute attribute)
    {
        string name = NameOf(attribute);
        yield return name;
        if (type.GetProperty("IsSleepable") is not null) yield return Mark(name, ".s");
        if (type.GetProperty("HasFragments") is not null) yield return Mark(name, ".frags");
    }

    private static string Mark(string name, string mark) =>
        name.Split('/', 2) is [var first, var rest] ? $"{first}{mark}/{rest}" : name + mark;

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Placeholder();
}
