// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Trace.Syntax;

/// <summary>A script's text with its name and lines; lines and columns count from one, columns in UTF-16 units.</summary>
internal sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    public SourceText(string text, string name)
    {
        Text = text;
        Name = name;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n') _lineStarts.Add(i + 1);
        }
    }

    public string Text { get; }

    public string Name { get; }

    public string Slice(SourceSpan span) => Text.Substring(span.Start, span.Length);

    public int LineOf(int position)
    {
        int found = CollectionsMarshal.AsSpan(_lineStarts).BinarySearch(position);
        return found >= 0 ? found + 1 : ~found;
    }

    public int ColumnOf(int position) => position - _lineStarts[LineOf(position) - 1] + 1;

    /// <summary>A line without what ends it; empty when there is no such line.</summary>
    public ReadOnlySpan<char> Line(int number)
    {
        if (number < 1 || number > _lineStarts.Count) return [];
        int start = _lineStarts[number - 1];
        int end = number < _lineStarts.Count ? _lineStarts[number] - 1 : Text.Length;
        return Text.AsSpan(start, end - start).TrimEnd('\r');
    }

    /// <summary>Where diagnostics about a span point: to the part of it on its first line, to one column at least.</summary>
    public Location.Text Locate(SourceSpan span)
    {
        int line = LineOf(span.Start), column = ColumnOf(span.Start);
        int rest = Line(line).Length - column + 1;
        return new(Name, line, column, Math.Max(1, Math.Min(span.Length, rest)));
    }
}
