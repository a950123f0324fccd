// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Compiler.Ir.Text;

/// <summary>Reads what <see cref="IrPrinter"/> writes. A value stands before its uses in the text; only edges may name what follows.</summary>
public static class IrParser
{
    /// <summary>Reads a module.</summary>
    /// <param name="text">Maps and functions; <c>#</c> starts a comment.</param>
    /// <param name="name">What the module is called, in errors too.</param>
    /// <exception cref="InvalidObjectException">The text is not well-formed.</exception>
    public static Module Parse(string text, string name = "module")
    {
        ArgumentNullException.ThrowIfNull(text);
        Module module = new(name);
        FunctionParser? function = null;
        int number = 0;
        foreach (string raw in text.Split('\n'))
        {
            number++;
            int comment = raw.IndexOf('#', StringComparison.Ordinal);
            string line = (comment < 0 ? raw : raw[..comment]).Trim();
            if (line.Length == 0) continue;
            Scanner scanner = new(name, number, line);
            if (function is not null)
            {
                if (!function.Read(scanner)) continue;
                module.Functions.Add(function.Finish(scanner));
                function = null;
            }
            else if (scanner.TryTake("map")) module.Maps.Add(ReadMap(scanner));
            else if (scanner.TryTake("section")) ReadSection(scanner, module);
            else if (scanner.TryTake("answers")) module.AnswerSink = scanner.Name('@');
            else if (scanner.TryTake("function")) function = new(scanner);
            else scanner.Fail("expected 'map', 'section', 'answers' or 'function'");
        }

        if (function is not null) new Scanner(name, number, "").Fail("a function has no '}'");
        return module;
    }

    private static MapSpec ReadMap(Scanner scanner)
    {
        string name = scanner.Name('@');
        string type = scanner.Word();
        if (!Enum.TryParse<MapType>(type, ignoreCase: true, out var kind)) scanner.Fail($"'{type}' is no kind of map");
        scanner.Take("key");
        int key = (int)scanner.Number();
        scanner.Take("value");
        int value = (int)scanner.Number();
        scanner.Take("entries");
        uint entries = (uint)scanner.Number();
        var flags = scanner.TryTake("flags") ? (MapFlags)scanner.Number() : 0;
        return new() { Name = name, Type = kind, KeySize = key, ValueSize = value, MaxEntries = entries, Flags = flags };
    }

    // section @NAME KIND SIZE [CONTENTS]; a fixed one holds constants that stay as they are.
    private static void ReadSection(Scanner scanner, Module module)
    {
        string name = scanner.Name('@'), word = scanner.Word();
        if (!Words.Sections.TryGetValue(word, out var kind)) scanner.Fail($"'{word}' is no kind of section");
        int size = (int)scanner.Number();
        if (kind.IsFixed) module.FixedSections.Add(name);
        module.Maps.Add(new()
        {
            Name = name,
            Type = MapType.Array,
            KeySize = sizeof(int),
            ValueSize = size,
            MaxEntries = 1,
            Flags = MapFlags.MemoryMapped | (kind.Kind is DataSectionKind.ReadOnlyData ? MapFlags.ReadOnlyProgram : 0),
            DataSection = kind.Kind,
            Section = name,
            Contents = scanner.AtEnd ? [] : [.. scanner.Bytes(size)],
        });
    }
}
