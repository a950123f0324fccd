// SPDX-License-Identifier: MIT
namespace Ruche.Trace;

/// <summary>Where what a script prints goes, and how.</summary>
public sealed record TraceRunOptions
{
    /// <summary>Takes what the script prints.</summary>
    public required Stream Output { get; init; }

    /// <summary>Takes what goes wrong, and what is told about the run.</summary>
    public required Stream Errors { get; init; }

    /// <summary>Whether to print a JSON document a line.</summary>
    public bool IsJson { get; init; }

    /// <summary>Whether output is written in large pieces and at the end only, and not whenever nothing more is to come for now.</summary>
    public bool IsFullyBuffered { get; init; }

    /// <summary>Whether to tell nothing about the run itself.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Called again and again while the script runs, on the thread that runs it.</summary>
    public Action<TraceRun>? Tick { get; init; }

    /// <summary>Called when all programs are attached.</summary>
    public Action? Attached { get; init; }

    /// <summary>Whether a script that attaches nothing goes on until it is cancelled.</summary>
    public bool StaysWithoutProbes { get; init; }
}
