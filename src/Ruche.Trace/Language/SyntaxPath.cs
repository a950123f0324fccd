// SPDX-License-Identifier: MIT
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Language;

/// <summary>The nodes of a tree around a place.</summary>
internal static class SyntaxPath
{
    /// <summary>The nodes that a place is in, the outermost first. Where two nodes meet, it is the second.</summary>
    public static List<SyntaxNode> To(SyntaxNode root, int position)
    {
        List<SyntaxNode> path = [];
        for (SyntaxNode? next = root; next is not null; next = ChildAt(next, position)) path.Add(next);
        return path;
    }

    private static SyntaxNode? ChildAt(SyntaxNode node, int position)
    {
        SyntaxNode? before = null;
        foreach (var child in SyntaxChildren.Of(node))
        {
            if (child.Span.Start <= position && position < child.Span.End) return child;
            if (child.Span.End == position) before = child;
        }

        return before;
    }
}
