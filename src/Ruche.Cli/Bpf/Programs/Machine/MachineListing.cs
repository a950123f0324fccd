// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Code;
using Ruche.Cli.Bpf.Listing;

namespace Ruche.Cli.Bpf.Programs.Machine;

/// <summary>Prints machine code with the functions and source lines that it came from.</summary>
internal sealed class MachineListing
{
    private readonly ImmutableArray<MachineFunction> _functions;
    private readonly MachineDisassembler _disassembler;
    private readonly IReadOnlyDictionary<int, string> _prototypes;
    private readonly Dictionary<ulong, CodeLine> _lines = [];

    public MachineListing(byte[] code, ProgramDebugInfo debug, BtfSpec? types)
    {
        _functions = MachineFunction.Split(code, debug);
        _disassembler = new(_functions);
        _prototypes = FunctionNames.Prototypes(debug.Functions, types);
        for (int i = 0; i < Math.Min(debug.JitedLines.Length, debug.Lines.Length); i++)
            if (CodeLine.Of(types, debug.Lines[i]) is { } line) _lines.TryAdd(debug.JitedLines[i], line);
    }

    /// <summary>Whether to name the file and line before each line of source.</summary>
    public bool ShowsPlaces { get; init; }

    /// <summary>Whether to print the bytes of each instruction.</summary>
    public bool ShowsBytes { get; init; }

    /// <summary>Writes one line an instruction.</summary>
    public void WriteText(TextWriter output)
    {
        foreach (MachineFunction function in _functions)
        {
            if (_prototypes.TryGetValue(function.Slot, out string? prototype)) output.Write($"{prototype}:\n");
            output.Write(string.Create(CultureInfo.InvariantCulture, $"0x{function.Address:x16} <{_disassembler.NameOf(function)}>:\n"));
            string lastText = "";
            foreach (MachineInstruction instruction in _disassembler.Disassemble(function))
            {
                if (LineAt(function, instruction) is { } line && line.Text != lastText)
                {
                    output.Write($"{line.Comment(ShowsPlaces)}\n");
                    lastText = line.Text;
                }

                output.Write(string.Create(CultureInfo.InvariantCulture, $"{instruction.Offset,4:x}: {BytesOf(function, instruction)}{instruction}\n"));
            }
        }
    }

    /// <summary>Writes an array of functions, with bpftool's members.</summary>
    public void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (MachineFunction function in _functions)
        {
            json.WriteStartObject();
            if (_prototypes.TryGetValue(function.Slot, out string? prototype)) json.WriteString("proto", prototype);
            json.WriteString("name", _disassembler.NameOf(function));
            json.WriteString("address", string.Create(CultureInfo.InvariantCulture, $"0x{function.Address:x}"));
            json.WriteStartArray("insns");
            foreach (MachineInstruction instruction in _disassembler.Disassemble(function)) WriteInstruction(json, function, instruction);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteInstruction(Utf8JsonWriter json, MachineFunction function, MachineInstruction instruction)
    {
        json.WriteStartObject();
        LineAt(function, instruction)?.WriteMembers(json);
        json.WriteString("pc", string.Create(CultureInfo.InvariantCulture, $"0x{instruction.Offset:x}"));
        json.WriteString("operation", instruction.Operation);
        json.WriteStartArray("operands");
        foreach (string operand in instruction.Operands) json.WriteStringValue(operand);
        json.WriteEndArray();
        if (ShowsBytes) JsonBytes.Write(json, "opcodes", Bytes(function, instruction));
        json.WriteEndObject();
    }

    private CodeLine? LineAt(MachineFunction function, MachineInstruction instruction) => _lines.GetValueOrDefault(function.Address + (ulong)instruction.Offset);

    private string BytesOf(MachineFunction function, MachineInstruction instruction)
    {
        const int Width = 34;
        if (!ShowsBytes) return "";
        StringBuilder text = new();
        foreach (byte b in Bytes(function, instruction)) text.Append(CultureInfo.InvariantCulture, $"{b:x2} ");
        return text.ToString().PadRight(Width);
    }

    private static ReadOnlySpan<byte> Bytes(MachineFunction function, MachineInstruction instruction) => function.Code.Span.Slice(instruction.Offset, instruction.Length);
}
