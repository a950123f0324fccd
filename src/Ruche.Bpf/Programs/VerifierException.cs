// SPDX-License-Identifier: MIT
using Ruche.Bpf.Verifier.Explanations;
using Ruche.Bpf.Verifier.Logs;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Programs;

/// <summary>The verifier refused a program. The message is one line; <see cref="Explanation"/> says it for a person, <see cref="Log"/> holds the rest.</summary>
public sealed class VerifierException : BpfException
{
    private readonly string _message;
    private readonly Lazy<Explanation?> _explanation;

    internal VerifierException(string program, Errno errno, VerifierLog log, string? hint)
        : base($"load program '{program}'", errno, hint)
    {
        Program = program;
        Log = log;
        _explanation = new(Explain);
        string at = log.Source is { Line: > 0 } ? " at " : ": ";
        _message = $"load program '{program}': verifier refused{at}{log.Summary()}{(hint is null ? "" : $"; {hint}")}";
    }

    /// <summary>The program's name.</summary>
    public string Program { get; }

    /// <summary>The verifier's log, taken apart; <see cref="VerifierLog.Text"/> is the whole of it.</summary>
    public VerifierLog Log { get; }

    /// <summary>What is wrong, how the program gets there, where the value comes from and what helps; null when the kernel's words are not
    /// known. Made when asked for.</summary>
    public Explanation? Explanation => _explanation.Value;

    /// <summary>Program, source line, reason and instruction in one line.</summary>
    public override string Message => _message;

    // The loader knows the source line also when the log does not name it.
    private Explanation? Explain() => LogExplainer.Explain(Log.Text) is not { } found ? null
        : found is { Place: null } && Log.Source is { Line: > 0 } source ? found with { Place = new SourcePlace(source.File, source.Line, source.Text) } : found;
}
