// SPDX-License-Identifier: MIT
using System.Collections.Immutable;

namespace Ruche.Trace.Syntax;

/// <summary>A whole script, in the order written. The comments stand beside the tree; those in C text belong to that text.</summary>
internal sealed record Script(
    SourceSpan Span, ImmutableArray<Declaration> Declarations, ImmutableArray<SourceSpan> Comments)
    : SyntaxNode(Span);
