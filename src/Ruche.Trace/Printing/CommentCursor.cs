// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Printing;

/// <summary>The comments of a script not printed yet, and where in it the printer is, to keep blank lines.</summary>
internal sealed class CommentCursor(ImmutableArray<SourceSpan> comments, SourceText source)
{
    private int _next;
    private int _position;

    public int NextStart => comments[_next].Start;

    public bool HasBefore(int position) => _next < comments.Length && NextStart < position;

    /// <summary>Whether the next comment belongs to what was printed last: it stands inside that, or after it on its last line.</summary>
    public bool IsNextOnSameLine =>
        _next < comments.Length && (NextStart < _position || source.LineOf(NextStart) == source.LineOf(_position));

    /// <summary>Whether nothing stands on a line before this position, after what was printed last.</summary>
    public bool IsBlankLineBefore(int position) =>
        position > _position && source.Text.AsSpan(_position, position - _position).Count('\n') > 1;

    public string Take()
    {
        var span = comments[_next++];
        MoveTo(span.End);
        return source.Slice(span).TrimEnd().Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    public void MoveTo(int position) => _position = Math.Max(_position, position);
}
