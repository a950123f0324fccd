// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Bpf.Objects.Btf.Rendering;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Skeletons;

/// <summary>The members of a skeleton that an object brings: maps, programs, global variables, and the types of what they hold.</summary>
internal sealed class SkeletonMembers
{
    private static readonly string[] OwnNames = ["Object", "Open", "Prepare", "Load", "Attach", "Dispose", "Image"];

    private readonly ObjectSpec _spec;
    private readonly SkeletonOptions _options;
    private readonly CSharpNames _names;

    /// <summary>Names the class.</summary>
    public SkeletonMembers(ObjectSpec spec, SkeletonOptions options)
    {
        _spec = spec;
        _options = options;
        ClassName = $"{CSharpNames.Pascal(options.Name ?? spec.Name)}Object";
        _names = new([ClassName, .. OwnNames, .. CSharpNames.OfDefinitions, .. CSharpNames.OfObject]);
    }

    /// <summary>The name of the class.</summary>
    public string ClassName { get; }

    /// <summary>Writes the members. Those that the object names take their names first, and its types what is left.</summary>
    public void AppendTo(StringBuilder text)
    {
        (MapSpec Map, string Name)[] maps = [.. from map in _spec.Maps where map.DataSection is DataSectionKind.None select (map, _names.Take(map.Name))];
        (ProgramSpec Program, string Name)[] programs = [.. from program in _spec.Programs select (program, _names.Take(program.Name))];
        (GlobalSpec Global, string Name)[] globals = [.. from global in Globals() select (global, _names.Take(global.Name))];
        using StringWriter definitions = new(CultureInfo.InvariantCulture);
        CSharpDefinitions? types = _spec.Btf is { } btf ? new(btf, definitions, _names) : null;
        SkeletonMaps views = new(_spec, types, _names);
        foreach (var (map, name) in maps) views.AppendTo(text, map, name);
        foreach (var (program, name) in programs) AppendProgram(text, program, name);
        SkeletonGlobals variables = new(_spec, types);
        foreach (var (global, name) in globals) variables.AppendTo(text, global, name);
        if (types is null) return;
        foreach (int id in RecordMarks.Of(_spec.Btf!).Concat(_options.Types)) types.Use(id, "");
        types.WriteUsed();
        types.WriteArrays();
        AppendIndented(text, definitions.ToString());
    }

    /// <summary>Static variables are the object's own business, as they are in C, and memory shared with programs is an arena's.</summary>
    private IEnumerable<GlobalSpec> Globals()
    {
        var sections = _spec.Maps.Where(map => map.DataSection is not DataSectionKind.None).Select(map => map.Name).ToList();
        return from global in _spec.Globals.Values
               let section = sections.IndexOf(global.Map)
               where section >= 0 && !global.IsStatic
               orderby section, global.Offset
               select global;
    }

    private static void AppendProgram(StringBuilder text, ProgramSpec program, string name) =>
        text.Append(CultureInfo.InvariantCulture, $"""

                /// <summary>The program {CSharpText.Code(program.Name)} of section {CSharpText.Code(program.Section)}, once it is loaded.</summary>
                public global::Ruche.Bpf.Programs.BpfProgram {name} => Object.Program({CSharpText.Literal(program.Name)});

            """);

    private static void AppendIndented(StringBuilder text, string definitions)
    {
        foreach (string line in definitions.TrimEnd('\n').Split('\n'))
        {
            if (line.Length > 0) text.Append("    ").Append(line);
            text.Append('\n');
        }
    }
}
