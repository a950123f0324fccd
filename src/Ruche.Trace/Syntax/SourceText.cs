// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Trace.Syntax;

/// <summary>
/// A script's text with its name and lines; lines and columns count from one, columns in UTF-16 units. The files that it imports stand behind it,
/// so that a position is enough to know the file. Immutable.
/// </summary>
internal sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];
    private readonly ImmutableArray<SourceFile> _files;

    public SourceText(string text, string name)
        : this(text, [new SourceFile(name, 0, 1)])
    {
    }

    private SourceText(string text, ImmutableArray<SourceFile> files)
    {
        Text = text;
        _files = files;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n') _lineStarts.Add(i + 1);
        }
    }

    public string Text { get; }

    /// <summary>What the script is called.</summary>
    public string Name => _files[0].Name;

    /// <summary>Where the file begins that was added last.</summary>
    public int Start => _files[^1].Start;

    /// <summary>This text and a file behind it, on a line of its own.</summary>
    public SourceText With(string text, string name) => new($"{Text}\n{text}", [.. _files, new(name, Text.Length + 1, _lineStarts.Count + 1)]);

    public string Slice(SourceSpan span) => Text.Substring(span.Start, span.Length);

    /// <summary>The line of a position, in its file.</summary>
    public int LineOf(int position) => LineInAll(position) - FileOf(position).FirstLine + 1;

    public int ColumnOf(int position) => position - _lineStarts[LineInAll(position) - 1] + 1;

    /// <summary>The position of a line and a column, both from zero; what lies behind the end of the line, or of the text, is that end.</summary>
    public int PositionOf(int line, int column)
    {
        if (line < 0) return 0;
        return line < _lineStarts.Count ? _lineStarts[line] + Math.Clamp(column, 0, Line(line + 1).Length) : Text.Length;
    }

    /// <summary>The name of the file that a position is in.</summary>
    public string NameOf(int position) => FileOf(position).Name;

    /// <summary>The line that a position is in, without what ends it.</summary>
    public ReadOnlySpan<char> LineAt(int position) => Line(LineInAll(position));

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
        int column = ColumnOf(span.Start);
        int rest = LineAt(span.Start).Length - column + 1;
        return new(NameOf(span.Start), LineOf(span.Start), column, Math.Max(1, Math.Min(span.Length, rest)));
    }

    private SourceFile FileOf(int position)
    {
        int last = _files.Length - 1;
        while (_files[last].Start > position) last--;
        return _files[last];
    }

    private int LineInAll(int position)
    {
        int found = CollectionsMarshal.AsSpan(_lineStarts).BinarySearch(position);
        return found >= 0 ? found + 1 : ~found;
    }
}
