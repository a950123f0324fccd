// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Parsing;

/// <summary>
/// Forward-only cursor over a script's tokens, with any look ahead. Every expectation that fails throws an
/// <see cref="InvalidObjectException"/> with the token's place; the parser catches it where it can go on.
/// </summary>
internal sealed class TokenStream(SourceText source, DiagnosticBag diagnostics)
{
    // Tokens read but not taken are those from _first on: taking one moves nothing.
    private readonly List<Token> _ahead = [];
    private int _first;

    private readonly List<SourceSpan> _comments = [];

    /// <summary>The end of what was taken last.</summary>
    public int Position { get; private set; } = source.Start;

    public string Text => source.Text;

    public Token Next => Peek(0);

    public ImmutableArray<SourceSpan> Comments => [.. _comments];

    public Token Peek(int distance)
    {
        while (_ahead.Count <= _first + distance) _ahead.Add(Lexer.Read(Text, _ahead.Count == 0 ? Position : _ahead[^1].Span.End));
        return _ahead[_first + distance];
    }

    public Token Take()
    {
        var token = Next;
        KeepComments(token.Span.Start);
        if (++_first == _ahead.Count) Forget();
        Position = token.Span.End;
        return token;
    }

    /// <summary>Skips blanks and comments; what follows may be read without tokens.</summary>
    public int SkipTrivia()
    {
        JumpTo(Trivia.Skip(Text, Position), hasComments: true);
        return Position;
    }

    /// <summary>Goes on behind what was read without tokens.</summary>
    public void JumpTo(int position, bool hasComments = false)
    {
        if (hasComments) KeepComments(position);
        Forget();
        Position = position;
    }

    /// <summary>From a start to the end of what was taken last.</summary>
    public SourceSpan SpanFrom(int start) => SourceSpan.Between(start, Math.Max(start, Position));

    public bool TrySymbol(string text)
    {
        if (!Next.IsSymbol(text)) return false;
        Take();
        return true;
    }

    public bool TryWord(string text)
    {
        if (!Next.IsWord(text)) return false;
        Take();
        return true;
    }

    public Token ExpectSymbol(string text) => Next.IsSymbol(text) ? Take() : throw Unexpected($"'{text}'");

    public Token Expect(TokenKind kind, string what) => Next.Kind == kind ? Take() : throw Unexpected(what);

    /// <summary>Says that something else should stand here; of a character that begins nothing, says that.</summary>
    public InvalidObjectException Unexpected(string expected, params ReadOnlySpan<string> notes)
    {
        var found = Next;
        if (found.Kind is TokenKind.Unknown) return UnknownCharacter(found);
        var place = found.Kind is TokenKind.End ? new(Position, 0) : found.Span;
        return Fault(TraceDiagnostics.Unexpected, place, $"expected {expected}, found {found.Shown}", notes);
    }

    public InvalidObjectException Fault(string id, SourceSpan span, string message, params ReadOnlySpan<string> notes) =>
        new(new Diagnostic(id, Severity.Error, message, source.Locate(span)) { Notes = [.. notes] });

    /// <summary>How many errors there are so far.</summary>
    public int Errors { get; private set; }

    /// <summary>Reports an error that does not keep the parser from going on.</summary>
    public void Report(string id, SourceSpan span, string message, params ReadOnlySpan<string> notes) =>
        Report(Fault(id, span, message, notes));

    public void Report(InvalidObjectException refused)
    {
        Errors++;
        diagnostics.Report(refused.Diagnostics[0]);
    }

    public void Warn(string id, SourceSpan span, string message, params ReadOnlySpan<string> notes) =>
        diagnostics.Warning(id, message, source.Locate(span), notes);

    public int LineOf(int position) => source.LineOf(position);

    public int ColumnOf(int position) => source.ColumnOf(position);

    private InvalidObjectException UnknownCharacter(Token found)
    {
        string[] notes = found.Text switch
        {
            "'" or "`" => ["strings are written \"text\", and a character as its number: 65 for A"],
            "$" => ["a variable is written '$name'"],
            _ => [],
        };
        return Fault(TraceDiagnostics.UnknownCharacter, found.Span, $"the character {found.Shown} is no part of the language", notes);
    }

    private void KeepComments(int end)
    {
        foreach (var comment in Trivia.Comments(Text, Position, end))
        {
            _comments.Add(comment);
            if (Trivia.IsClosed(Text.AsSpan(comment.Start, comment.Length))) continue;
            Report(TraceDiagnostics.UnterminatedComment, new(comment.Start, 2), "the comment that begins here does not end",
                "end it with '*/'");
        }
    }

    private void Forget()
    {
        _ahead.Clear();
        _first = 0;
    }
}
