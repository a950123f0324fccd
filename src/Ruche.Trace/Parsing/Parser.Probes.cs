// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Probes;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Parsing;

/// <content>Probes: where they attach, when they run, what they do.</content>
internal sealed partial class Parser
{
    // Inside a predicate, a slash before a brace ends it: no division has a block on its right there.
    private bool _isInPredicate;

    private Declaration.Probe ParseProbe()
    {
        int start = _tokens.Next.Span.Start;
        string? name = null;
        if (_tokens.Next.Kind is TokenKind.Word && _tokens.Peek(1).IsSymbol("="))
        {
            name = _tokens.Take().Text;
            _tokens.Take();
        }

        var attachPoints = ParseAttachPoints();
        var predicate = _tokens.Next.IsSymbol("/") ? ParsePredicate() : null;
        if (!_tokens.Next.IsSymbol("{")) throw _tokens.Unexpected("',', a predicate or '{' after a probe");
        var body = ParseBlock();
        return new(_tokens.SpanFrom(start), name, attachPoints, predicate, body);
    }

    private ImmutableArray<AttachPoint> ParseAttachPoints()
    {
        var found = ImmutableArray.CreateBuilder<AttachPoint>();
        do
        {
            var next = _tokens.Next;
            if (found.Count > 0 && (next.IsSymbol("{") || next.IsSymbol("/"))) break;
            if (!StartsAttachPoint(next)) throw _tokens.Unexpected("a probe such as 'kprobe:vfs_read'", ProbeNotes(next));
            found.Add(AttachPointScanner.Scan(_tokens.Text, _tokens.SkipTrivia()));
            _tokens.JumpTo(found[^1].Span.End);
            if (found[^1].Parts[^1] is { IsClosed: false } open)
            {
                throw _tokens.Fault(TraceDiagnostics.UnterminatedString, open.Span, "the quotes do not end on their line",
                    "close them with '\"'");
            }
        }
        while (_tokens.TrySymbol(","));

        return found.ToImmutable();
    }

    private static bool StartsAttachPoint(Token token) => token.Kind is TokenKind.Word or TokenKind.String || token.IsSymbol("*") || (token.Kind is TokenKind.Variable && char.IsAsciiDigit(token.Text[^1]));

    private static string[] ProbeNotes(Token token) =>
        token.IsSymbol("}") ? ["every '{' before it is closed already"] : [];

    private Expression ParsePredicate()
    {
        _tokens.Take();
        _isInPredicate = true;
        try
        {
            var predicate = ParseExpression();
            if (!EndsPredicate) throw _tokens.Unexpected("'/' and '{' after the predicate");
            _tokens.Take();
            return predicate;
        }
        finally
        {
            _isInPredicate = false;
        }
    }

    private bool EndsPredicate => _tokens.Next.IsSymbol("/") && _tokens.Peek(1).IsSymbol("{");

    /// <summary>
    /// Whether a probe begins here, which in a block means that a brace is missing: a provider's name and a colon directly after it,
    /// or <c>BEGIN</c> and a brace, first on their line.
    /// </summary>
    private bool StartsProbeOnNewLine()
    {
        var token = _tokens.Next;
        if (token.Kind is not TokenKind.Word || !ProbeProvider.TryFind(token.Text, out var provider)) return false;
        var after = _tokens.Peek(1);
        return IsFirstOnLine(token) && (provider.MostParts == 0 ? after.IsSymbol("{") : after.IsSymbol(":") && after.Follows(token));
    }

    private bool IsFirstOnLine(Token token)
    {
        int column = _tokens.ColumnOf(token.Span.Start);
        return _tokens.Text.AsSpan(token.Span.Start - column + 1, column - 1).IsWhiteSpace();
    }
}
