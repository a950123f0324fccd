// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Run;

/// <summary>What <c>ruche run</c> was asked to do.</summary>
internal sealed record RunOptions
{
    /// <summary>Objects and C sources, in the order given.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The interface for XDP and tc programs.</summary>
    public string? Interface { get; init; }

    /// <summary>The cgroup for cgroup programs.</summary>
    public string? Cgroup { get; init; }

    /// <summary>The process that user-space and perf probes are limited to.</summary>
    public int? Pid { get; init; }

    /// <summary>Only these programs; all when empty.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>Values of globals to set before load, as <c>name=value</c>.</summary>
    public IReadOnlyList<string> Globals { get; init; } = [];

    /// <summary>When to stop; null to run until interrupted.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Show the maps once, after one interval, and stop.</summary>
    public bool Once { get; init; }

    /// <summary>How often maps are shown.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many entries of a map are shown.</summary>
    public int Top { get; init; } = 20;

    /// <summary>How to show them.</summary>
    public OutputFormat Format { get; init; }

    /// <summary>Print the whole verifier log when a program is refused.</summary>
    public bool ShowVerifierLog { get; init; }
}
