// SPDX-License-Identifier: MIT
using Ruche.Bpf;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Programs;
using Ruche.Bpf.Verifier.Explanations;

namespace Ruche.Cli;

/// <summary>What a person is told about a failure, and the exit code that goes with it.</summary>
internal sealed record FailureReport(int ExitCode, IReadOnlyList<string> Lines, string? Details = null)
{
    /// <summary>The report for an exception that a user can do something about; null for a bug of ours.</summary>
    public static FailureReport? Of(Exception failure) => failure switch
    {
        CommandFailure x => new(x.ExitCode, [x.Message], x.Details),
        InvalidObjectException x => new(Cli.ExitCode.Failed, [.. x.Diagnostics.Where(d => d.Severity is Severity.Error).Select(d => d.ToString())]),
        VerifierException x => new(Cli.ExitCode.Failed, [x.Message, "add --verifier-log to see the whole log"], Explained(x)),
        BpfException x => new(Cli.ExitCode.Environment, [x.Message]),
        UnauthorizedAccessException or IOException => new(Cli.ExitCode.Environment, [failure.Message]),
        _ => null,
    };

    private static string? Explained(VerifierException failure) =>
        failure.Explanation is { } explanation ? string.Join('\n', ExplanationText.Lines(explanation)) : null;

    /// <summary>Writes the details, then the lines.</summary>
    public void WriteTo(TextWriter output)
    {
        if (Details is not null) output.WriteLine(Details.TrimEnd('\n'));
        foreach (string line in Lines) output.WriteLine($"ruche: {line}");
    }
}
