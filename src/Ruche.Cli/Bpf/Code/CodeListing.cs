// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Cli.Bpf.Code;

/// <summary>Prints code with the functions and source lines that it came from.</summary>
internal sealed class CodeListing(CodeSource source)
{
    private readonly Dictionary<int, LineInfo> _lines = source.Lines.GroupBy(line => line.Slot).ToDictionary(group => group.Key, group => group.First());

    /// <summary>Whether to name the file and line before each line of source.</summary>
    public bool ShowsPlaces { get; init; }

    /// <summary>Whether to print the bytes of each instruction.</summary>
    public bool ShowsBytes { get; init; }

    /// <summary>Writes one line an instruction.</summary>
    public void WriteText(TextWriter output)
    {
        string lastText = "";
        foreach (DisassembledInstruction instruction in Instructions())
        {
            if (source.Functions.TryGetValue(instruction.Slot, out string? function)) output.Write($"{function}:\n");
            if (LineAt(instruction.Slot) is { } line && line.Text != lastText)
            {
                output.Write($"{line.Comment(ShowsPlaces)}\n");
                lastText = line.Text;
            }

            output.Write($"{instruction.Slot.ToString(CultureInfo.InvariantCulture),4}: {BytesOf(instruction)}{TextOf(instruction)}\n");
        }
    }

    /// <summary>Writes an array of objects.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (DisassembledInstruction instruction in Instructions())
        {
            json.WriteStartObject();
            json.WriteNumber("slot", instruction.Slot);
            if (source.Functions.TryGetValue(instruction.Slot, out string? function)) json.WriteString("proto", function);
            LineAt(instruction.Slot)?.WriteMembers(json);
            json.WriteString("disasm", TextOf(instruction));
            if (ShowsBytes) json.WriteString("bytes", Convert.ToHexStringLower(instruction.Bytes()));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private IEnumerable<DisassembledInstruction> Instructions() => Disassembler.Enumerate(
        source.Instructions.AsMemory(),
        new() { HelperNames = true, Label = slot => source.Functions.GetValueOrDefault(slot), Symbol = source.Symbol });

    private string TextOf(DisassembledInstruction instruction) =>
        source.MapsAreIds ? instruction.Text.Replace("map[fd:", "map[id:", StringComparison.Ordinal) : instruction.Text;

    private string BytesOf(DisassembledInstruction instruction)
    {
        if (!ShowsBytes) return "";
        StringBuilder text = new();
        foreach (byte b in instruction.Bytes()) text.Append(CultureInfo.InvariantCulture, $"{b:x2} ");
        return text.ToString().PadRight(49);
    }

    private CodeLine? LineAt(int slot) => _lines.TryGetValue(slot, out LineInfo line) ? CodeLine.Of(source.Types, line) : null;
}
