// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Bpf.Objects.Diagnostics;

/// <summary>Input bytes or text cannot be used; the diagnostics say what, where, and the way out.</summary>
public sealed class InvalidObjectException(ImmutableArray<Diagnostic> diagnostics)
    : Exception(diagnostics.FirstOrDefault(d => d.Severity is Severity.Error)?.ToString() ?? "invalid object")
{
    /// <summary>One diagnostic that is an error.</summary>
    public InvalidObjectException(Diagnostic diagnostic)
        : this([diagnostic])
    {
    }

    /// <summary>Everything that was found, errors and warnings.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = diagnostics;
}
