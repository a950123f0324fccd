// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Trace;

/// <summary>When a script's output is written.</summary>
internal enum TraceBuffering
{
    /// <summary>Whenever nothing more is to come for now.</summary>
    Line,

    /// <summary>In large pieces.</summary>
    Full,

    /// <summary>As line by line: output is never kept for longer.</summary>
    None,
}
