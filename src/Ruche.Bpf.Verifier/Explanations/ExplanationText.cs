// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>Writes explanations as compilers write errors.</summary>
public static class ExplanationText
{
    private const int ShownDecisions = 8;

    /// <summary>The lines of it: what is wrong and where, why, how the program gets there, where the value comes from, and what helps.</summary>
    public static ImmutableArray<string> Lines(Explanation explanation)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        List<string> lines = [$"rejected: {explanation.Rule.Sentence} [{explanation.Rule.Id}]"];
        AddPlace(lines, explanation);
        lines.Add($"because: {explanation.Detail}");
        AddSteps(lines, "how it gets there:", explanation.Path);
        AddSteps(lines, "where it comes from:", explanation.Causes);
        lines.Add($"what helps: {explanation.Advice}");
        return [.. lines];
    }

    private static void AddPlace(List<string> lines, Explanation explanation)
    {
        string function = explanation.Function.Length > 0 ? $" in {explanation.Function}()" : "";
        string number = explanation.Place is { Line: > 0 } place ? place.Line.ToString(CultureInfo.InvariantCulture) : "";
        string margin = new(' ', number.Length);
        if (number.Length > 0) lines.Add($"{margin} --> {explanation.Place}{function}");
        else if (function.Length > 0) lines.Add($"{margin} -->{function}");
        bool hasSource = explanation.Place is { Text.Length: > 0 };
        if (!hasSource && explanation.Slot < 0) return;
        lines.Add($"{margin} |");
        if (hasSource) lines.Add($"{number} | {explanation.Place!.Text}");
        if (explanation.Slot >= 0) lines.Add(string.Create(CultureInfo.InvariantCulture, $"{margin} | instruction {explanation.Slot}{(explanation.Instruction.Length > 0 ? ": " : "")}{explanation.Instruction}"));
        lines.Add($"{margin} |");
    }

    // Of many decisions the last matter most: loops make hundreds.
    private static void AddSteps(List<string> lines, string title, ImmutableArray<PathPlace> steps)
    {
        if (steps.IsDefaultOrEmpty) return;
        lines.Add(title);
        int first = Math.Max(0, steps.Length - ShownDecisions);
        if (first > 0) lines.Add(string.Create(CultureInfo.InvariantCulture, $"  … {first} before"));
        foreach (var (line, count) in Gathered(steps.AsSpan()[first..])) lines.Add(count == 1 ? line : string.Create(CultureInfo.InvariantCulture, $"{line} ({count} times)"));
    }

    // Rounds of a loop say the same again.
    private static List<(string Line, int Count)> Gathered(ReadOnlySpan<PathPlace> steps)
    {
        List<(string Line, int Count)> lines = [];
        foreach (var step in steps)
        {
            string line = $"  {Where(step)}{step.What}{Quote(step.Place)}";
            if (lines.Count > 0 && lines[^1].Line == line) lines[^1] = (line, lines[^1].Count + 1);
            else lines.Add((line, 1));
        }

        return lines;
    }

    private static string Where(PathPlace step) => step.Place is { Line: > 0 } place
        ? $"{Path.GetFileName(place.File)}:{place.Line.ToString(CultureInfo.InvariantCulture)}: "
        : step.Slot >= 0 ? $"{step.Slot.ToString(CultureInfo.InvariantCulture)}: " : "";

    private static string Quote(SourcePlace? place) => place is { Text.Length: > 0 } ? $"   `{place.Text}`" : "";
}
