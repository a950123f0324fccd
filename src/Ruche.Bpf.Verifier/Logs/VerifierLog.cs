// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Verifier.Logs;

/// <summary>
/// The kernel verifier's log of a refused program, taken apart: which instruction it stopped at, the source line, what the
/// registers held there, and why. Parsing never fails; what a log does not say is empty.
/// </summary>
public sealed record VerifierLog
{
    /// <summary>The whole log as the kernel wrote it.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the log was longer than the buffer and its beginning is missing.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>The slot of the instruction the verifier stopped at; -1 when the log names none.</summary>
    public int Slot { get; init; } = -1;

    /// <summary>That instruction in the kernel's syntax; empty when unknown.</summary>
    public string Instruction { get; init; } = "";

    /// <summary>The source line of that instruction; null when unknown.</summary>
    public SourceLine? Source { get; init; }

    /// <summary>What the registers and stack slots held when the instruction was checked, as far as the log tells.</summary>
    public ImmutableArray<RegisterState> Registers { get; init; } = [];

    /// <summary>Why the program was refused, in the verifier's words; empty when the log does not say.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How many instructions the verifier walked through; -1 when unknown.</summary>
    public long ProcessedInstructions { get; init; } = -1;

    /// <summary>Takes a log apart.</summary>
    public static VerifierLog Parse(string text, bool isTruncated = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new VerifierLogReader(text).Read() with { IsTruncated = isTruncated };
    }

    /// <summary>Renders place, source text, reason and slot on one line.</summary>
    public string Summary()
    {
        string reason = Reason.Length > 0 ? Reason : "no reason given";
        string slot = Slot >= 0 ? $" (insn {Slot})" : "";
        if (Source is null || Source is { Line: 0, Text.Length: 0 })
        {
            string instruction = Instruction.Length > 0 ? $"`{Instruction}`: " : "";
            return $"{instruction}{reason}{slot}";
        }

        string place = Source.Place.Length > 0 ? $"{Source.Place}: " : "";
        string source = Source.Text.Length > 0 ? $"`{Source.Text}`: " : "";
        return $"{place}{source}{reason}{slot}";
    }
}
