// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Probes;

/// <summary>What becomes of a probe whose place does not exist.</summary>
internal enum MissingProbes
{
    /// <summary>It is an error.</summary>
    Error,

    /// <summary>It is left out, with a warning.</summary>
    Warn,

    /// <summary>It is left out.</summary>
    Ignore,
}
