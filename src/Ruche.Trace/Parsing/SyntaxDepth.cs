// SPDX-License-Identifier: MIT
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Parsing;

/// <summary>
/// Bounds the depth of trees, so that whoever walks one may recurse. The parser bounds its own recursion, but <c>1 + 1 + 1 …</c> makes
/// a deep tree without any.
/// </summary>
internal static class SyntaxDepth
{
    /// <summary>How many nodes may lie inside each other.</summary>
    public const int Deepest = 400;

    /// <summary>A node that lies too deep; null when there is none.</summary>
    public static SyntaxNode? FindTooDeep(SyntaxNode root)
    {
        Stack<(SyntaxNode Node, int Depth)> open = new([(root, 0)]);
        while (open.TryPop(out var next))
        {
            if (next.Depth > Deepest) return next.Node;
            foreach (var child in SyntaxChildren.Of(next.Node)) open.Push((child, next.Depth + 1));
        }

        return null;
    }
}
