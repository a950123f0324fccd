// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Bpf.Machine;
using Ruche.Bpf.Machine.Runs;

namespace Ruche.Cli.Bpf.Testing;

/// <summary>Runs a program on one input after the other and tells of it.</summary>
internal sealed class TestSession(BpfMachine machine, LoadedProgram program, KernelTwin? kernel, StepTrace? trace)
{
    /// <summary>Whether no run was stopped, and the kernel did the same.</summary>
    public bool IsGood { get; private set; } = true;

    /// <summary>As text; <paramref name="counts"/> when lines are to be shown.</summary>
    public void Write(TextWriter output, List<TestInput> inputs, LineCounts? counts)
    {
        foreach (var input in inputs)
        {
            var run = Run(input);
            TestReport.Write(output, program, input, run);
            foreach (string difference in Differences(input, run)) output.Write($"  differs: {difference}\n");
        }

        TestReport.WriteMaps(output, machine);
        foreach (string difference in MapDifferences()) output.Write($"differs: {difference}\n");
        if (kernel is not null && IsGood) output.Write("the kernel does the same\n");
        if (counts is not null) TestReport.WriteCoverage(output, counts);
    }

    /// <summary>As JSON.</summary>
    public void Write(Utf8JsonWriter json, List<TestInput> inputs, LineCounts counts)
    {
        json.WriteStartObject();
        json.WriteStartArray("runs");
        foreach (var input in inputs)
        {
            var run = Run(input);
            TestReport.Write(json, input, run, Differences(input, run));
        }

        json.WriteEndArray();
        json.WriteStartArray("differences");
        foreach (string difference in MapDifferences()) json.WriteStringValue(difference);
        json.WriteEndArray();
        TestReport.Write(json, counts);
        json.WriteEndObject();
    }

    private MachineRun Run(TestInput input)
    {
        var run = program.Run(input.Bytes);
        trace?.End();
        IsGood &= run.Fault is null;
        return run;
    }

    private List<string> Differences(TestInput input, MachineRun run) => Noted(run.Fault is null && kernel is not null ? kernel.Differences(input.Bytes, run) : []);

    private List<string> MapDifferences() => Noted(kernel?.Differences(machine) ?? []);

    private List<string> Noted(IEnumerable<string> differences)
    {
        List<string> all = [.. differences];
        IsGood &= all.Count == 0;
        return all;
    }
}
