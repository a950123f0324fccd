// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ruche.Bpf.Machine;
using Ruche.Bpf.Machine.Runs;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Live;
using Ruche.Cli.Output;

namespace Ruche.Cli.Bpf.Testing;

/// <summary>What runs came to, as text and as JSON.</summary>
internal static class TestReport
{
    private const int ShownEntries = 20;

    /// <summary>Whether a map holds values to look at.</summary>
    public static bool CanRead(ObjectSpec spec, string map) => spec.Maps.FirstOrDefault(m => m.Name == map) is { } found && MapReader.CanRead(found);

    /// <summary>A line for a run, and below it what it changed, printed and did.</summary>
    public static void Write(TextWriter output, LoadedProgram program, TestInput input, MachineRun run)
    {
        string result = run.Fault is null ? $"returns {ReturnText(program.Type, run.ReturnValue)}" : "is stopped";
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{input.Name} ({input.Bytes.Length} bytes): {result}, {run.InstructionCount} instructions\n"));
        if (run.Fault is { } fault) output.Write($"  {fault}\n");
        foreach (string line in Details(input, run)) output.Write($"  {line}\n");
    }

    /// <summary>What the maps hold.</summary>
    public static void WriteMaps(TextWriter output, BpfMachine machine)
    {
        foreach (var map in Snapshots(machine))
        {
            StringBuilder text = new();
            MapText.Write(text, map, ShownEntries);
            output.Write(text);
        }
    }

    /// <summary>How often lines ran.</summary>
    public static void WriteCoverage(TextWriter output, LineCounts counts)
    {
        var lines = counts.Lines();
        var (all, run) = counts.Instructions();
        output.Write(string.Create(CultureInfo.InvariantCulture, $"coverage: {lines.Count(l => l.Count > 0)} of {lines.Count} lines, {run} of {all} instructions\n"));
        foreach (var file in lines.GroupBy(l => l.Line.File, StringComparer.Ordinal))
        {
            output.Write($"{file.Key}\n");
            foreach (var (line, count) in file)
                output.Write(string.Create(CultureInfo.InvariantCulture, $"  {(count == 0 ? "-" : count.ToString(CultureInfo.InvariantCulture)),8} {line.Line,5}  {line.Text}\n"));
        }
    }

    /// <summary>A run as an object.</summary>
    public static void Write(Utf8JsonWriter json, TestInput input, MachineRun run, IEnumerable<string> differences)
    {
        json.WriteStartObject();
        json.WriteString("input", input.Name);
        json.WriteNumber("length", input.Bytes.Length);
        json.WriteNumber("retval", run.ReturnValue);
        json.WriteNumber("instructions", run.InstructionCount);
        if (run.Fault is { } fault) json.WriteString("fault", fault.ToString());
        if (!run.Packet.AsSpan().SequenceEqual(input.Bytes)) json.WriteString("data", Convert.ToHexStringLower(run.Packet));
        if (run.Redirect is { } redirect) json.WriteString("redirect", redirect.ToString());
        WriteAll(json, "printed", run.Printed);
        WriteAll(json, "differences", differences);
        json.WriteEndObject();
    }

    /// <summary>Lines that ran, as an array.</summary>
    public static void Write(Utf8JsonWriter json, LineCounts counts)
    {
        json.WriteStartArray("coverage");
        foreach (var (line, count) in counts.Lines())
        {
            json.WriteStartObject();
            json.WriteString("file", line.File);
            json.WriteNumber("line", line.Line);
            json.WriteNumber("count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAll(Utf8JsonWriter json, string name, IEnumerable<string> lines)
    {
        json.WriteStartArray(name);
        foreach (string line in lines) json.WriteStringValue(line);
        json.WriteEndArray();
    }

    private static IEnumerable<MapSnapshot> Snapshots(BpfMachine machine) =>
        from spec in machine.Spec.Maps
        where machine.Maps.ContainsKey(spec.Name) && MapReader.CanRead(spec)
        let snapshot = new MapReader(spec, machine.Maps[spec.Name], machine.Spec.Btf).Read()
        where snapshot.Rows.Length > 0
        select snapshot;

    private static IEnumerable<string> Details(TestInput input, MachineRun run)
    {
        if (run.Packet.Length != input.Bytes.Length && run.Fault is null && run.Context.Length > 0) yield return $"the packet has {run.Packet.Length} bytes now: {Convert.ToHexStringLower(run.Packet)}";
        else
        {
            foreach (string change in Changes(input.Bytes, run.Packet)) yield return change;
        }

        if (run.Metadata.Length > 0) yield return $"metadata: {Convert.ToHexStringLower(run.Metadata)}";
        if (run.Redirect is { } redirect) yield return $"redirected: {redirect}";
        foreach (var clone in run.Clones) yield return $"copied: {clone}";
        foreach (string line in run.Printed) yield return $"printed: {line}";
    }

    // Runs of bytes that are not what they were.
    private static IEnumerable<string> Changes(byte[] before, byte[] after)
    {
        int shared = Math.Min(before.Length, after.Length);
        for (int at = 0; at < shared; at++)
        {
            if (before[at] == after[at]) continue;
            int end = at + 1;
            while (end < shared && before[end] != after[end]) end++;
            yield return string.Create(CultureInfo.InvariantCulture, $"byte {at}: {Convert.ToHexStringLower(before.AsSpan(at..end))} is {Convert.ToHexStringLower(after.AsSpan(at..end))} now");
            at = end;
        }
    }

    private static string ReturnText(ProgramType type, uint value)
    {
        string? name = type switch
        {
            ProgramType.Xdp when Enum.IsDefined((XdpAction)value) => $"XDP_{((XdpAction)value).ToString().ToUpperInvariant()}",
            ProgramType.SchedCls or ProgramType.SchedAct when Enum.IsDefined((TcAction)value) => ((TcAction)value).ToString(),
            _ => null,
        };
        return name is null ? $"{value}" : $"{value} ({name})";
    }
}
