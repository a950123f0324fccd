// SPDX-License-Identifier: MIT
using System.Text.RegularExpressions;

namespace Ruche.Cli.Trace;

/// <summary>What <c>ruche trace</c> was asked to do.</summary>
internal sealed record TraceChoices
{
    /// <summary>The words that belong to no option: the script's file first, unless there is a program, and its parameters.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The script, when it stands on the command line.</summary>
    public string? Program { get; init; }

    /// <summary>What the script on the command line is called.</summary>
    public string Name { get; init; } = "stdin";

    /// <summary>Where included files are looked for first.</summary>
    public IReadOnlyList<string> IncludeDirectories { get; init; } = [];

    /// <summary>Files that are included in front of the script.</summary>
    public IReadOnlyList<string> IncludedFiles { get; init; } = [];

    /// <summary>List probes instead of running a script.</summary>
    public bool IsListing { get; init; }

    /// <summary>Tell more.</summary>
    public bool IsVerbose { get; init; }

    /// <summary>The process to look at.</summary>
    public int? Pid { get; init; }

    /// <summary>The command to start and look at.</summary>
    public string? Command { get; init; }

    /// <summary>The file to print to.</summary>
    public string? OutputFile { get; init; }

    /// <summary>How to print.</summary>
    public TraceFormat Format { get; init; }

    /// <summary>When to print.</summary>
    public TraceBuffering Buffering { get; init; }

    /// <summary>Say nothing but what the script prints.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Whether to show warnings.</summary>
    public bool ShowsWarnings { get; init; }

    /// <summary>Whether the script may change the system.</summary>
    public bool IsUnsafeAllowed { get; init; }

    /// <summary>Tell of memory that cannot be read.</summary>
    public bool TellsFailedReads { get; init; }

    /// <summary>Load, and end.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>What to print instead of running the script.</summary>
    public TraceStage? Dump { get; init; }

    /// <summary>Print what the probes cost, and end.</summary>
    public bool IsExplaining { get; init; }

    /// <summary>Redraw maps in place.</summary>
    public bool IsLive { get; init; }

    /// <summary>Where maps are served as metrics; null for nowhere.</summary>
    public string? Metrics { get; init; }

    /// <summary>Print the script, and end.</summary>
    public bool IsFormatting { get; init; }

    /// <summary>Answer an editor instead of running a script.</summary>
    public bool IsLanguageServer { get; init; }

    /// <summary>Which probes run.</summary>
    public TraceProbeKind Probes { get; init; }

    /// <summary>Which tests, or measurements, run: those whose names match it; all without it.</summary>
    public Regex? ProbeFilter { get; init; }

    /// <summary>The file to write the object to.</summary>
    public string? ElfFile { get; init; }

    /// <summary>The file to record the run to.</summary>
    public string? Record { get; init; }

    /// <summary>The recording to run on.</summary>
    public string? Replay { get; init; }
}
