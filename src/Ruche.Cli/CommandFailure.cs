// SPDX-License-Identifier: MIT
namespace Ruche.Cli;

/// <summary>Ends a command with one line for the user and an exit code.</summary>
internal sealed class CommandFailure(int exitCode, string message) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>Longer output of a tool that failed, shown before the line.</summary>
    public string? Details { get; init; }
}
