// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Language;

/// <summary>Something that can be written at a place of a script.</summary>
/// <param name="Label">The text to write.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Detail">Its type, or how it is used; may be empty.</param>
public sealed record TraceCompletion(string Label, TraceCompletionKind Kind, string Detail);
