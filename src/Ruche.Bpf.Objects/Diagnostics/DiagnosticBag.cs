// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Diagnostics;

/// <summary>Collects diagnostics while an input is read. Not thread-safe.</summary>
public sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _items = [];

    /// <summary>What has been reported so far, in order.</summary>
    public IReadOnlyList<Diagnostic> Items => _items;

    /// <summary>Whether anything reported so far is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds one diagnostic.</summary>
    public void Report(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        _items.Add(diagnostic);
        HasErrors |= diagnostic.Severity is Severity.Error;
    }

    /// <summary>Adds an error.</summary>
    public void Error(string id, string message, Location where, params ReadOnlySpan<string> notes) =>
        Report(new(id, Severity.Error, message, where) { Notes = [.. notes] });

    /// <summary>Adds a warning.</summary>
    public void Warning(string id, string message, Location where, params ReadOnlySpan<string> notes) =>
        Report(new(id, Severity.Warning, message, where) { Notes = [.. notes] });

    /// <summary>Throws <see cref="InvalidObjectException"/> when an error has been reported.</summary>
    public void ThrowIfErrors()
    {
        if (HasErrors) throw new InvalidObjectException([.. _items]);
    }
}
