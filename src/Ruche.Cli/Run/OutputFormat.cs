// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Run;

/// <summary>How a run shows what happens.</summary>
internal enum OutputFormat
{
    Text,
    Json,
    Ndjson,
}
