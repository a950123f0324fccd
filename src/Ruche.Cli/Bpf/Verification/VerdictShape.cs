// SPDX-License-Identifier: MIT
using System.Text.Json;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Explanations;

namespace Ruche.Cli.Bpf.Verification;

/// <summary>Verdicts as JSON.</summary>
internal static class VerdictShape
{
    /// <summary>Writes them as one array.</summary>
    public static void Write(Utf8JsonWriter json, List<ProgramVerdicts> programs)
    {
        json.WriteStartArray();
        foreach (var program in programs)
        {
            json.WriteStartObject();
            json.WriteString("program", program.Program.Name);
            json.WriteString("type", program.Program.Type.KernelName());
            json.WriteStartArray("verdicts");
            foreach (var verdict in program.Verdicts)
            {
                json.WriteStartObject();
                json.WriteString("kernel", verdict.Kernel.Release.ToString());
                json.WriteBoolean("accepted", verdict.IsAccepted);
                json.WriteNumber("processed", verdict.Statistics.Processed);
                json.WriteNumber("states", verdict.Statistics.States);
                json.WriteNumber("peak_pending", verdict.Statistics.PeakPending);
                json.WriteNumber("stack_depth", verdict.Statistics.StackDepth);
                if (verdict.Explanation is { } explanation)
                {
                    json.WritePropertyName("explanation");
                    ExplanationShape.Write(json, explanation, "");
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
