// SPDX-License-Identifier: MIT
namespace Ruche.Symbols;

/// <summary>What a <see cref="SymbolizerCache"/> may use, and how it writes names.</summary>
public sealed record SymbolizerOptions
{
    /// <summary>How many bytes the functions of files may take; those used least recently are dropped, and read again when asked for.
    /// The file that is asked for is kept whatever its size.</summary>
    public long MaxTableBytes { get; init; } = 64 << 20;

    /// <summary>How many files are kept open; each costs a file descriptor.</summary>
    public int MaxFiles { get; init; } = 512;

    /// <summary>How many processes are known, living or not.</summary>
    public int MaxProcesses { get; init; } = 4096;

    /// <summary>Whether names of C++ and Rust functions are written as people write them.</summary>
    public bool Demangles { get; init; } = true;

    /// <summary>Where separate debug files are.</summary>
    public IReadOnlyList<string> DebugDirectories { get; init; } = ["/usr/lib/debug"];

    /// <summary>The clock by which mappings grow old.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Whether a .NET process that lists no names of what it compiled is asked to: from then on it writes a perf map beside its files for
    /// temporary data, until it exits.
    /// </summary>
    public bool AsksRuntimes { get; init; }
}
