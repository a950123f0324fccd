// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Logs;

namespace Ruche.Bpf.Programs;

/// <summary>The verifier refused a program. The message is one line; <see cref="Log"/> holds the rest.</summary>
public sealed class VerifierException : BpfException
{
    private readonly string _message;

    internal VerifierException(string program, Errno errno, VerifierLog log, string? hint)
        : base($"load program '{program}'", errno, hint)
    {
        Program = program;
        Log = log;
        string at = log.Source is { Line: > 0 } ? " at " : ": ";
        _message = $"load program '{program}': verifier refused{at}{log.Summary()}{(hint is null ? "" : $"; {hint}")}";
    }

    /// <summary>The program's name.</summary>
    public string Program { get; }

    /// <summary>The verifier's log, taken apart; <see cref="VerifierLog.Text"/> is the whole of it.</summary>
    public VerifierLog Log { get; }

    /// <summary>Program, source line, reason and instruction in one line.</summary>
    public override string Message => _message;
}
