// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Diagnostics;

/// <summary>One finding about some input: a stable id, what is wrong, where, and the way out in the notes.</summary>
/// <param name="Id">Stable id, such as <c>RU3001</c>; see docs/reference/diagnostics.md.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What happened to which subject, in lower case and without a full stop.</param>
/// <param name="Where">The place in the input.</param>
public sealed record Diagnostic(string Id, Severity Severity, string Message, Location Where)
{
    /// <summary>Further facts and the way out, one sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Renders <c>file:section+0x10: error RU3001: message; note</c>.</summary>
    public override string ToString()
    {
        string where = Where.ToString();
        string head = $"{Severity.ToString().ToLowerInvariant()} {Id}: {Message}";
        string text = where.Length == 0 ? head : $"{where}: {head}";
        return Notes.IsDefaultOrEmpty ? text : $"{text}; {string.Join("; ", Notes)}";
    }
}
