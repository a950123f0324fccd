// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Ruche.Bpf.Verifier.Logs;
using Ruche.Bpf.Verifier.Rules;

namespace Ruche.Bpf.Verifier.Explanations;

/// <summary>
/// Explains logs of the kernel's verifier, as they are pasted: of any level and of kernels since 5.10, whole or cut, with what loaders,
/// terminals and log collectors put around the lines. Never throws about what a text says.
/// </summary>
public static partial class LogExplainer
{
    private const string Statistics = "processed ";

    /// <summary>Explains a log; null when it has no complaint that is known.</summary>
    public static Explanation? Explain(string text) => Read(text).Explanation;

    /// <summary>Reads a log, and explains it if there is something to explain.</summary>
    public static LogReport Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = LogText.Lines(text);
        LogReport? best = null;
        foreach (var program in Programs(lines))
        {
            var report = Read(program);
            if (report.Verdict is LogVerdict.Explained) return report;
            if (best is null || report.Verdict > best.Verdict) best = report;
        }

        return ReadSummary(lines) ?? best ?? new(LogVerdict.NoLog, "", null);
    }

    // A text can hold the logs of several programs, each ended by its statistics: the last one that failed is what matters.
    private static IEnumerable<List<string>> Programs(List<string> lines)
    {
        int end = lines.Count;
        for (int i = lines.Count - 1; i >= 0; i--)
        {
            if (!IsStatistics(lines[i])) continue;
            if (end > i + 1) yield return lines[(i + 1)..end];
            end = i + 1;
        }

        if (end > 0) yield return lines[..end];
    }

    private static bool IsStatistics(string line) => line.StartsWith(Statistics, StringComparison.Ordinal) && line.Contains(" insns", StringComparison.Ordinal);

    private static LogReport Read(List<string> lines)
    {
        var path = LogPath.Read(lines);
        var found = Messages(path.Messages).ToList();
        string message = string.Join("; ", path.Messages.Select(line => line.Body));
        if (found.Count > 0) return new(LogVerdict.Explained, message, Explain(path, found));
        bool isWhole = lines.Count > 0 && IsStatistics(lines[^1]);
        if (!path.IsLog && !isWhole) return new(LogVerdict.NoLog, "", null);
        return path.Messages.Count > 0 ? new(LogVerdict.Unknown, message, null) : new(isWhole ? LogVerdict.Accepted : LogVerdict.CutOff, "", null);
    }

    // Programs that load others print one line, such as "load program: permission denied: R1 !read_ok (12 line(s) omitted)".
    private static LogReport? ReadSummary(List<string> lines)
    {
        for (int i = lines.Count - 1; i >= 0; i--)
        {
            string line = Omitted().Replace(lines[i], _ => "").TrimEnd('"');
            for (int at = line.IndexOf(": ", StringComparison.Ordinal); at >= 0; at = line.IndexOf(": ", at + 2, StringComparison.Ordinal))
            {
                if (KernelMessages.Find(line.AsSpan(at + 2)) is not { } found) continue;
                LogPath path = LogPath.Read([]);
                return new(LogVerdict.Explained, line[(at + 2)..], Explain(path, [(new(VerifierLogLineKind.Message, -1, line[(at + 2)..]), found.Message, found.Values)]));
            }
        }

        return null;
    }

    private static IEnumerable<(VerifierLogLine Line, KernelMessage Message, Dictionary<string, string> Values)> Messages(IEnumerable<VerifierLogLine> lines)
    {
        foreach (var line in lines)
            if (KernelMessages.Find(line.Body) is { } found) yield return (line, found.Message, found.Values);
    }

    private static Explanation Explain(LogPath path, List<(VerifierLogLine Line, KernelMessage Message, Dictionary<string, string> Values)> found)
    {
        var main = found.FirstOrDefault(one => !one.Message.IsAddition, found[0]);
        List<string> details = [MessageText.Fill(main.Message.Detail, main.Values)];
        foreach (var one in found)
            if (one != main && one.Message.IsAddition) details.Add(MessageText.Fill(one.Message.Detail, one.Values));

        int last = path.Steps.Count - 1;
        // Loaders put words in the place of an instruction that they could not make: `3: <invalid CO-RE relocation>`.
        int replaced = path.Messages.FirstOrDefault(line => line.Slot >= 0, new(default, -1, "")).Slot;
        int slot = replaced >= 0 ? replaced : last >= 0 ? path.Steps[last].Slot : LogText.SlotNamedBy(main.Line.Body);
        int register = found.Select(one => Subject(one.Values)).FirstOrDefault(number => number >= 0, last < 0 || !IsAboutRegisters(main.Message.Rule) ? -1 : Subject(path.Steps[last].Instruction, main.Message.Pattern.Text));
        if (register is >= 0 and < 10 && last >= 0 && RegisterStates.Before(path, last, register) is { Length: > 0 } value && !value.EndsWith("of any size", StringComparison.Ordinal) && !details[0].Contains(value, StringComparison.Ordinal)
            && (value.Contains("number", StringComparison.Ordinal) || !LostPointer.IsNumberUsed(main.Message))) details.Add($"R{register} is {value} here");
        if (last >= 0 && register >= 0 && LostPointer.Find(path, last, register, main.Message) is { } lost) return lost.Explain(path, Decisions(path));
        string? advice = found.Select(one => one.Message.Advice).FirstOrDefault(one => one is not null);
        return new()
        {
            Rule = main.Message.Rule,
            Detail = string.Join("; ", details),
            Slot = slot,
            Instruction = last >= 0 && replaced < 0 ? path.Steps[last].Text : "",
            Place = last >= 0 ? path.Steps[last].Place : null,
            Path = Decisions(path),
            Causes = last >= 0 && register >= 0 ? new RegisterHistory(path).Of(register, last) : Acquired(path, main.Values),
            Advice = advice ?? main.Message.Rule.Advice,
        };
    }

    private static bool IsAboutRegisters(Rule rule) => rule != VerifierRules.TooComplex && rule != VerifierRules.EndlessLoop && rule != VerifierRules.Structure
        && rule != VerifierRules.BadOperation && rule != VerifierRules.Feature && rule != VerifierRules.CallDepth;

    // "R2", or "arg#1" and "arg1", which are passed in R2.
    private static int Subject(Dictionary<string, string> values)
    {
        string name = values.GetValueOrDefault("reg") ?? values.GetValueOrDefault("arg") ?? "";
        if (RegisterName().Match(name) is { Success: true } register) return int.Parse(register.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var number and <= 10 ? number : -1;
        return ArgumentName().Match(name) is { Success: true } argument && int.Parse(argument.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is var index and < 5 ? index + 1 : -1;
    }

    private static int Subject(LogInstruction instruction, string pattern) => instruction.Kind switch
    {
        LogInstructionKind.Load or LogInstructionKind.Fetch when instruction.Source is not 10 => instruction.Source,
        LogInstructionKind.Store when instruction.Target is not 10 => instruction.Target,
        LogInstructionKind.Change when pattern.Contains("pointer and register", StringComparison.Ordinal) => instruction.Source,
        LogInstructionKind.Change => instruction.Target,
        _ => -1,
    };

    private static ImmutableArray<PathPlace> Decisions(LogPath path)
    {
        var decisions = ImmutableArray.CreateBuilder<PathPlace>();
        for (int i = 0; i + 1 < path.Steps.Count; i++)
        {
            var step = path.Steps[i];
            if (step.Instruction is not { Kind: LogInstructionKind.Branch } branch || branch.Offset == 0) continue;
            bool isTaken = path.Steps[i + 1].Slot == step.Slot + 1 + branch.Offset;
            decisions.Add(new(step.Slot, step.Place, $"{branch.Detail} {(isTaken ? "holds" : "does not hold")}"));
        }

        return decisions.ToImmutable();
    }

    // What was acquired and not released is named by its instruction.
    private static ImmutableArray<PathPlace> Acquired(LogPath path, Dictionary<string, string> values)
    {
        if (!values.TryGetValue("slot", out string? text) || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int slot)) return [];
        var step = path.Steps.LastOrDefault(one => one.Slot == slot);
        return step is { Instruction.Kind: LogInstructionKind.Call } ? [new(slot, step.Place, $"{step.Instruction.Detail}() acquires it")] : [];
    }

    [GeneratedRegex(@"^R(\d{1,2})$")]
    private static partial Regex RegisterName();

    [GeneratedRegex(@"^args?#?(\d)$")]
    private static partial Regex ArgumentName();

    [GeneratedRegex(@"\s\(\d+ line\(s\) omitted\)")]
    private static partial Regex Omitted();
}
