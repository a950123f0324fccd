// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Trace;

/// <summary>When a script's output is written.</summary>
internal enum TraceBuffering
{
    /// <summary>Line by line, or in larger pieces when it is no terminal.</summary>
    Full,
    Line,
    None,
}
