// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Trace;

/// <summary>Which of a script's probes run.</summary>
internal enum TraceProbeKind
{
    /// <summary>All but those that run on request.</summary>
    All,

    /// <summary>The tests.</summary>
    Tests,

    /// <summary>What is measured.</summary>
    Benchmarks,
}
