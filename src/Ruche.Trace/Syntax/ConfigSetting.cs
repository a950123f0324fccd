// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Syntax;

/// <summary>One <c>key = value</c> of a configuration; the value is a name, a string, an integer or a boolean.</summary>
internal sealed record ConfigSetting(SourceSpan Span, string Key, Expression Value) : SyntaxNode(Span);
