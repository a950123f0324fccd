// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Syntax;

/// <summary>One <c>name=value</c> of a record.</summary>
internal sealed record RecordField(SourceSpan Span, string Name, Expression Value) : SyntaxNode(Span);
