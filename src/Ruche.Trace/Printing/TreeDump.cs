// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Printing;

/// <summary>Shows a tree as text: a node a line, children indented below it, each with where it begins and ends.</summary>
internal static class TreeDump
{
    /// <summary>With places.</summary>
    public static string Of(SyntaxNode root, SourceText source)
    {
        StringBuilder text = new();
        Append(text, root, 0, source);
        return text.ToString();
    }

    /// <summary>Without places: what is written differently but means the same looks the same.</summary>
    public static string ShapeOf(SyntaxNode root)
    {
        StringBuilder text = new();
        Append(text, root, 0, null);
        return text.ToString();
    }

    private static void Append(StringBuilder text, SyntaxNode node, int depth, SourceText? source)
    {
        text.Append(' ', 2 * depth).Append(SyntaxLabel.Of(node));
        if (source is not null) text.Append($" <{Place(source, node.Span.Start)}-{Place(source, node.Span.End)}>");
        text.Append('\n');
        foreach (var child in SyntaxChildren.Of(node)) Append(text, child, depth + 1, source);
    }

    private static string Place(SourceText source, int position) => $"{source.LineOf(position)}:{source.ColumnOf(position)}";
}
