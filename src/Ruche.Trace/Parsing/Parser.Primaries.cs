// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Parsing;

/// <content>Expressions without operators.</content>
internal sealed partial class Parser
{
    private static readonly HashSet<string> Reserved =
        ["break", "continue", "else", "for", "if", "import", "let", "macro", "return", "unroll", "while"];

    private Expression ParsePrimary() => _tokens.Next.Kind switch
    {
        TokenKind.Number or TokenKind.String => ParseLiteral(),
        TokenKind.Variable => ParseVariable(),
        TokenKind.Map => ParseMap(),
        TokenKind.Word => ParseWord(),
        _ when _tokens.Next.IsSymbol("(") => CastAhead() ? ParseCast() : ParseParentheses(),
        _ when _tokens.Next.IsSymbol("{") => ParseBlock(),
        _ => throw _tokens.Unexpected("an expression"),
    };

    private Expression ParseWord()
    {
        var token = _tokens.Next;
        switch (token.Text)
        {
            case "if": return ParseIf();
            case "sizeof" or "typeinfo" or "offsetof" or "container_of" when _tokens.Peek(1).IsSymbol("("): return ParseTypeQuestion();
        }

        if (Reserved.Contains(token.Text) || CText.StartsType(token)) throw _tokens.Unexpected("an expression");
        if (!_tokens.Peek(1).IsSymbol("(")) return TakeName();
        _tokens.Take();
        _tokens.Take();
        return ParseCall(token);
    }

    /// <summary>The arguments of a call whose name and parenthesis have been taken.</summary>
    private Expression.Call ParseCall(Token name)
    {
        var arguments = ParseList(ParseExpression, ")");
        return new(_tokens.SpanFrom(name.Span.Start), name.Text, arguments);
    }

    private Expression.If ParseIf()
    {
        using var level = EnterLevel();
        int start = _tokens.Take().Span.Start;
        var condition = ParseHead();
        var then = ParseBlock();
        Expression? otherwise = null;
        if (_tokens.TryWord("else")) otherwise = _tokens.Next.IsWord("if") ? ParseIf() : ParseBlock();
        return new(_tokens.SpanFrom(start), condition, then, otherwise);
    }

    private Expression ParseTypeQuestion()
    {
        var keyword = _tokens.Take();
        _tokens.Take();
        var pointer = keyword.Text == "container_of" ? ParseExpression() : null;
        if (pointer is not null) _tokens.ExpectSymbol(",");
        var subject = ParseSubject();
        var path = keyword.Text is "offsetof" or "container_of" ? ParsePath() : [];
        _tokens.ExpectSymbol(")");
        var span = _tokens.SpanFrom(keyword.Span.Start);
        return keyword.Text switch
        {
            "sizeof" => new Expression.SizeOf(span, subject),
            "typeinfo" => new Expression.TypeInfo(span, subject),
            "offsetof" => new Expression.OffsetOf(span, subject, path),
            _ => new Expression.ContainerOf(span, pointer!, subject, path),
        };
    }

    private ImmutableArray<string> ParsePath()
    {
        _tokens.ExpectSymbol(",");
        var path = ImmutableArray.CreateBuilder<string>();
        do path.Add(_tokens.Expect(TokenKind.Word, "the name of a field").Text);
        while (_tokens.TrySymbol("."));
        return path.ToImmutable();
    }

    private Expression ParseParentheses()
    {
        int start = _tokens.Take().Span.Start;
        if (_tokens.Next.Kind is TokenKind.Word && _tokens.Peek(1).IsSymbol("="))
        {
            var fields = ParseList(ParseField, ")");
            return new Expression.Record(_tokens.SpanFrom(start), fields);
        }

        var elements = ImmutableArray.CreateBuilder<Expression>();
        bool isTuple = _tokens.Next.IsSymbol(")");
        while (!_tokens.Next.IsSymbol(")"))
        {
            elements.Add(ParseExpression());
            if (!_tokens.TrySymbol(",")) break;
            isTuple = true;
        }

        if (!_tokens.TrySymbol(")")) throw _tokens.Unexpected("',' or ')'");
        var span = _tokens.SpanFrom(start);
        return isTuple ? new Expression.Tuple(span, elements.ToImmutable()) : new Expression.Parenthesized(span, elements[0]);
    }

    private RecordField ParseField()
    {
        var name = _tokens.Expect(TokenKind.Word, "the name of a field");
        _tokens.ExpectSymbol("=");
        var value = ParseExpression();
        return new(name.Span.To(value.Span), name.Text, value);
    }

    private Expression ParseLiteral() => _tokens.Next.Kind is TokenKind.String ? TakeString() : TakeInteger();

    private Expression.Integer TakeInteger()
    {
        var token = _tokens.Take();
        var number = NumberLiteral.Read(token.Text);
        if (number.IsTooLarge)
            _tokens.Report(TraceDiagnostics.NumberTooLarge, token.Span, $"{token.Shown} does not fit 64 bits");
        else if (number.Value is null)
        {
            _tokens.Report(TraceDiagnostics.BadNumber, token.Span, $"{token.Shown} is no number",
                "numbers are written 10, 1_000, 2e3, 0x1f or 017, and times with a unit: ns, us, ms, s, m, h or d");
        }

        return new(token.Span, number.Value ?? 0, token.Text);
    }

    private Expression.String TakeString()
    {
        var token = _tokens.Next;
        var literal = StringLiteral.Read(token.Text);
        if (!literal.IsClosed)
        {
            _hasOpenString = true;
            throw _tokens.Fault(TraceDiagnostics.UnterminatedString, token.Span, "the string does not end on its line",
                "close it with '\"', or write \\n for a line break");
        }

        _tokens.Take();
        if (literal.BadEscape is { } at)
        {
            string escape = token.Text.Substring(at, 2);
            _tokens.Report(TraceDiagnostics.BadEscape, new(token.Span.Start + at, 2), $"'{escape}' means nothing in a string",
                "a backslash stands before n, t, r, a, b, f, v, e, \", another backslash, octal digits up to 377, or x and two hexadecimal ones");
        }

        return new(token.Span, literal.Bytes, token.Text);
    }

    private Expression ParseVariable()
    {
        var token = _tokens.Next;
        if (token.Text == "$#") return new Expression.PositionalCount(_tokens.Take().Span);
        if (IsScratchVariable(token)) return TakeVariable();
        if (!int.TryParse(token.Text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            throw _tokens.Fault(TraceDiagnostics.BadNumber, token.Span, $"{token.Shown} is neither a variable nor a parameter",
                "variables are written '$name', parameters '$1'");
        }

        return new Expression.Positional(_tokens.Take().Span, number);
    }

    private Expression.Map ParseMap()
    {
        var token = _tokens.Take();
        ImmutableArray<Expression> keys = [];
        if (_tokens.TrySymbol("["))
        {
            if (_tokens.Next.IsSymbol("]")) throw _tokens.Unexpected("a key", "a map without keys is written without brackets");
            keys = ParseList(ParseExpression, "]");
        }

        return new(_tokens.SpanFrom(token.Span.Start), token.Text[1..], keys);
    }

    private static bool IsScratchVariable(Token token) => token.Kind is TokenKind.Variable && Lexer.StartsWord(token.Text[1]);

    private Expression.Variable TakeVariable()
    {
        var token = _tokens.Take();
        return new(token.Span, token.Text[1..]);
    }

    private Expression TakeName()
    {
        var token = _tokens.Take();
        return token.Text is "true" or "false"
            ? new Expression.Boolean(token.Span, token.Text == "true")
            : new Expression.Identifier(token.Span, token.Text);
    }
}
