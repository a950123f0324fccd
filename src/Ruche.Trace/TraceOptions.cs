// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Unwinding;

namespace Ruche.Trace;

/// <summary>What a script is compiled and run with, beside its text.</summary>
public sealed record TraceOptions
{
    /// <summary>The script's parameters: <c>$1</c> is the first.</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];

    /// <summary>Where files are that the script includes, before the system's own places.</summary>
    public ImmutableArray<string> IncludeDirectories { get; init; } = [];

    /// <summary>Files that are included in front of the script.</summary>
    public ImmutableArray<string> IncludedFiles { get; init; } = [];

    /// <summary>Whether the script may change the system.</summary>
    public bool IsUnsafeAllowed { get; init; }

    /// <summary>Whether memory that cannot be read is told of, and not only taken for zero.</summary>
    public bool TellsFailedReads { get; init; }

    /// <summary>The process that is looked at; null for all.</summary>
    public int? Pid { get; init; }

    /// <summary>The process of the command that the script traces; null without one.</summary>
    public int? Child { get; init; }

    /// <summary>How many bytes the buffer has that programs tell events through: a power of two, in pages at least.</summary>
    public int EventBytes { get; init; } = 1 << 22;

    /// <summary>Whether <see cref="CompiledTrace.IntermediateText"/> is kept.</summary>
    public bool KeepsIntermediateText { get; init; }

    /// <summary>Where a recording of the run is written; null for nowhere.</summary>
    public TraceRecorder? Recorder { get; init; }

    /// <summary>What is asked instead of the host; null for the host.</summary>
    public TraceRecording? Recording { get; init; }

    /// <summary>How much room there is for what stacks are unwound with.</summary>
    internal UnwindRoom Unwinding { get; init; } = new();
}
