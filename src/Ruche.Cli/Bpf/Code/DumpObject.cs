// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ruche.Bpf.Objects.Elf;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Output;
using Ruche.Cli.Run;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Code;

/// <summary><c>ruche bpf dump</c>: prints what is in an object file: sections, maps, globals, programs and their code.</summary>
internal static class DumpObject
{
    /// <summary>Prints the object that is named.</summary>
    public static int Run(Invocation call)
    {
        string path = call.Words.Take("the object");
        call.Words.End();
        if (!File.Exists(path)) throw new CommandFailure(ExitCode.Usage, $"open '{path}': no such file");
        return Run(File.ReadAllBytes(path), path, call.Format, onlyCode: false);
    }

    /// <summary>Prints an object, or its code alone.</summary>
    public static int Run(byte[] image, string name, OutputFormat format, bool onlyCode)
    {
        var spec = ObjectSpec.Read(image, name);
        if (format is not OutputFormat.Text)
        {
            ListingOutput.WriteJson(json => WriteJson(json, spec));
            return ExitCode.Done;
        }

        using StreamWriter output = new(StandardOutput.Open(), new UTF8Encoding(false));
        if (!onlyCode)
        {
            WriteTable(output, "sections", Sections(ElfFile.Read(image, name)));
            WriteTable(output, "maps", Maps(spec));
            WriteTable(output, "globals", Globals(spec));
            WriteTable(output, "programs", Programs(spec));
        }

        foreach (FunctionSpec function in Functions(spec))
        {
            output.Write($"code of {function.Name} ({function.Section})\n");
            new CodeListing(SourceOf(function, spec)).WriteText(output);
            output.Write('\n');
        }

        return ExitCode.Done;
    }

    private static IEnumerable<FunctionSpec> Functions(ObjectSpec spec) =>
        spec.Programs.Select(program => program.Entry).Concat(spec.Functions.Values.OrderBy(function => function.Name, StringComparer.Ordinal)).DistinctBy(function => function.Name);

    private static CodeSource SourceOf(FunctionSpec function, ObjectSpec spec)
    {
        var symbols = function.References.GroupBy(reference => reference.Slot).ToDictionary(group => group.Key, group => group.First().Target);
        return new(function.Instructions, function.Lines, new Dictionary<int, string>(), spec.Btf) { Symbol = slot => symbols.GetValueOrDefault(slot) };
    }

    private static void WriteTable(StreamWriter output, string title, List<string[]> rows)
    {
        if (rows.Count < 2) return;
        StringBuilder text = new();
        Columns.Write(text, "  ", rows);
        output.Write($"{title}\n{text}\n");
    }

    private static List<string[]> Sections(ElfFile file) =>
    [
        ["#", "NAME", "TYPE", "SIZE"],
        .. file.Sections.Where(section => section.Type is not ElfSectionType.Null)
            .Select(section => new[] { Text.Of(section.Index), section.Name, TypeName(section.Type), Text.Of((long)section.Size) }),
    ];

    private static string TypeName(ElfSectionType type) =>
        Enum.IsDefined(type) ? type.ToString() : string.Create(CultureInfo.InvariantCulture, $"0x{(uint)type:x}");

    private static List<string[]> Maps(ObjectSpec spec) =>
    [
        ["NAME", "TYPE", "KEY", "VALUE", "ENTRIES", "FLAGS"],
        .. spec.Maps.Select(map => new[]
        {
            map.Name, map.Type.KernelName(), Text.Of(map.KeySize), Text.Of(map.ValueSize), Text.Of(map.MaxEntries),
            string.Create(CultureInfo.InvariantCulture, $"0x{(uint)map.Flags:x}"),
        }),
    ];

    private static List<string[]> Globals(ObjectSpec spec) =>
    [
        ["NAME", "MAP", "OFFSET", "SIZE", "TYPE"],
        .. spec.Globals.Values.OrderBy(global => global.Map, StringComparer.Ordinal).ThenBy(global => global.Offset).Select(global => new[]
        {
            global.Name, global.Map, Text.Of(global.Offset), Text.Of(global.Size), global.Type == 0 || spec.Btf is null ? "" : spec.Btf.TypeNameOf(global.Type),
        }),
    ];

    private static List<string[]> Programs(ObjectSpec spec) =>
    [
        ["NAME", "SECTION", "TYPE", "ATTACH", "SLOTS"],
        .. spec.Programs.Select(program => new[]
        {
            program.Name, program.Section, program.Type.KernelName(), program.AttachType?.KernelName() ?? "", Text.Of(program.Entry.Instructions.Length),
        }),
    ];

    private static void WriteJson(Utf8JsonWriter json, ObjectSpec spec)
    {
        json.WriteStartObject();
        json.WriteString("license", spec.License);
        json.WriteStartArray("maps");
        foreach (MapSpec map in spec.Maps) WriteMap(json, map);
        json.WriteEndArray();
        json.WriteStartArray("programs");
        foreach (ProgramSpec program in spec.Programs) WriteProgram(json, program);
        json.WriteEndArray();
        json.WriteStartArray("functions");
        foreach (FunctionSpec function in Functions(spec))
        {
            json.WriteStartObject();
            json.WriteString("name", function.Name);
            json.WriteString("section", function.Section);
            json.WritePropertyName("code");
            new CodeListing(SourceOf(function, spec)).WriteJson(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMap(Utf8JsonWriter json, MapSpec map)
    {
        json.WriteStartObject();
        json.WriteString("name", map.Name);
        json.WriteString("type", map.Type.KernelName());
        json.WriteNumber("bytes_key", map.KeySize);
        json.WriteNumber("bytes_value", map.ValueSize);
        json.WriteNumber("max_entries", map.MaxEntries);
        json.WriteEndObject();
    }

    private static void WriteProgram(Utf8JsonWriter json, ProgramSpec program)
    {
        json.WriteStartObject();
        json.WriteString("name", program.Name);
        json.WriteString("section", program.Section);
        json.WriteString("type", program.Type.KernelName());
        if (program.AttachType is { } attach) json.WriteString("attach_type", attach.KernelName());
        json.WriteEndObject();
    }
}
