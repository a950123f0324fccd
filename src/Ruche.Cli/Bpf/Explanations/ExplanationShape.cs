// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text.Json;
using Ruche.Bpf.Verifier.Explanations;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Cli.Bpf.Explanations;

/// <summary>Explanations as JSON.</summary>
internal static class ExplanationShape
{
    /// <summary>Writes an explanation as one object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="explanation">What to write.</param>
    /// <param name="message">The kernel's own words; empty when there are none.</param>
    public static void Write(Utf8JsonWriter json, Explanation explanation, string message)
    {
        json.WriteStartObject();
        json.WriteString("rule", explanation.Rule.Id);
        json.WriteString("sentence", explanation.Rule.Sentence);
        json.WriteString("detail", explanation.Detail);
        if (message.Length > 0) json.WriteString("message", message);
        if (explanation.Slot >= 0) json.WriteNumber("slot", explanation.Slot);
        if (explanation.Instruction.Length > 0) json.WriteString("instruction", explanation.Instruction);
        if (explanation.Function.Length > 0) json.WriteString("function", explanation.Function);
        WritePlace(json, explanation.Place);
        WritePlaces(json, "path", explanation.Path);
        WritePlaces(json, "causes", explanation.Causes);
        json.WriteString("advice", explanation.Advice);
        json.WriteEndObject();
    }

    private static void WritePlaces(Utf8JsonWriter json, string name, ImmutableArray<PathPlace> places)
    {
        json.WriteStartArray(name);
        foreach (var place in places)
        {
            json.WriteStartObject();
            if (place.Slot >= 0) json.WriteNumber("slot", place.Slot);
            json.WriteString("what", place.What);
            WritePlace(json, place.Place);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter json, SourcePlace? place)
    {
        if (place is null) return;
        if (place.Line > 0)
        {
            json.WriteString("file", place.File);
            json.WriteNumber("line", place.Line);
        }

        if (place.Text.Length > 0) json.WriteString("src", place.Text);
    }
}
