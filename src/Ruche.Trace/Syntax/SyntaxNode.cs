// SPDX-License-Identifier: MIT
namespace Ruche.Trace.Syntax;

/// <summary>
/// A part of a script as written. Trees are immutable and hold what the text says, not what it means: names are not looked up, macros
/// not expanded, parentheses kept. Spans are part of a node's value; <see cref="Printing.TreeDump"/> without places compares shapes.
/// </summary>
internal abstract record SyntaxNode(SourceSpan Span);
