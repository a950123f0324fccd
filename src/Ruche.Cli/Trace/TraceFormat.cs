// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Trace;

/// <summary>How a script's output is written.</summary>
internal enum TraceFormat
{
    Text,
    Json,
}
