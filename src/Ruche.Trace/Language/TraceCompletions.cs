// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Language;

/// <summary>All that can be written at a place of a script.</summary>
/// <param name="Start">Where the text begins that a completion replaces; it ends at the place.</param>
/// <param name="Items">What can be written.</param>
/// <param name="IsComplete">Whether that is all; otherwise more letters lead to the others.</param>
public sealed record TraceCompletions(int Start, IReadOnlyList<TraceCompletion> Items, bool IsComplete);
