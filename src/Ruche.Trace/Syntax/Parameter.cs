// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Syntax;

/// <summary>One <c>$name : type</c> of a subprogram.</summary>
internal sealed record Parameter(SourceSpan Span, string Name, TypeName Type) : SyntaxNode(Span);
