// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Cli.Run;

namespace Ruche.Cli.Bpf.Words;

/// <summary>Options that several commands under <c>ruche bpf</c> share.</summary>
internal static class BpfOptions
{
    /// <summary>How to print.</summary>
    public static Option<OutputFormat> Output { get; } =
        new("--output", "-o") { Description = "text, json (one document) or ndjson (one document a line)", HelpName = "FORMAT" };

    /// <summary>Whether to look for pins.</summary>
    public static Option<bool> Pinned { get; } = new("--pinned", "-f") { Description = "Also show where they are pinned" };

    /// <summary>Whether to look for processes.</summary>
    public static Option<bool> Pids { get; } = new("--pids") { Description = "Also show which processes hold them" };

    /// <summary>Whether to name files and lines.</summary>
    public static Option<bool> Lines { get; } = new("--lines") { Description = "Name the file and line of each line of source" };
}
