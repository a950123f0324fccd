// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Syntax;

/// <summary>
/// A part of an attach point: what it says, without the quotes, and how it is written. Quotes that are not closed end with the line.
/// </summary>
internal sealed record AttachPointPart(SourceSpan Span, string Text, string Spelling, bool IsClosed);
