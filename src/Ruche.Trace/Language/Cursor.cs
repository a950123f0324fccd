// SPDX-License-Identifier: MIT
using Ruche.Trace.Parsing;

namespace Ruche.Trace.Language;

/// <summary>
/// What stands before a place of a script, told by its tokens alone: the tree of a script that is being written lacks just what surrounds the place.
/// </summary>
internal sealed class Cursor
{
    private static readonly string[] Headers = ["config", "fn", "import", "let", "macro"];
    private static readonly string[] BeforeBlocks = ["for", "if", "unroll", "while"];

    private readonly string _text;
    private readonly int _position;

    // What closes each bracket that is open.
    private readonly Stack<string> _open = [];
    private Token _last;
    private bool _isConfig;
    private bool _isPredicate;
    private bool _expectsProbe = true;

    public Cursor(string text, int position)
    {
        (_text, _position, WordStart) = (text, position, position);
        Place = Scan();
    }

    public CursorPlace Place { get; }

    /// <summary>Where the word or the attach point begins that is being written.</summary>
    public int WordStart { get; private set; }

    /// <summary>Where the declaration begins.</summary>
    public int DeclarationStart { get; private set; }

    /// <summary>Where the value ends whose field is being written; null when it is none.</summary>
    public int? OperandEnd => Place is CursorPlace.Code && (_last.IsSymbol(".") || _last.IsSymbol("->")) ? _last.Span.Start : null;

    /// <summary>Whether the name of a setting is being written.</summary>
    public bool IsSetting => _isConfig && Place is CursorPlace.Code && _open.Count == 1 && (_last.IsSymbol("{") || _last.IsSymbol(";") || _last.IsSymbol(","));

    /// <summary>The kind of type whose name is being written, where C's word for it stands before.</summary>
    public string? TypeWord => Place is CursorPlace.Code && _last is { Kind: TokenKind.Word, Text: "struct" or "union" or "enum" } ? _last.Text : null;

    /// <summary>What has to follow, so that the declaration is whole.</summary>
    public string Closing => string.Join(' ', _open) + (_isPredicate ? "/ { }" : "");

    private CursorPlace Scan()
    {
        for (int at = 0; ;)
        {
            int start = Trivia.Skip(_text, at);
            if (IsInComment(at, Math.Min(start, _text.Length))) return CursorPlace.Nowhere;
            if (start >= _position) return _open.Count == 0 && _expectsProbe ? CursorPlace.AttachPoint : CursorPlace.Code;
            var token = Lexer.Read(_text, start);
            if (_open.Count == 0 && _expectsProbe && TryDeclaration(token, out int end))
            {
                at = end;
                if (_position > end) continue;
                WordStart = start;
                return token.IsSymbol("#") || CText.StartsType(token) ? CursorPlace.Nowhere : CursorPlace.AttachPoint;
            }

            at = token.Span.End;
            if (at >= _position && token.Kind is not TokenKind.Symbol)
            {
                WordStart = start;
                bool isText = token.Kind is TokenKind.Number || (token.Kind is TokenKind.String && (at > _position || !token.Text.EndsWith('"')));
                return isText ? CursorPlace.Nowhere : CursorPlace.Code;
            }

            Take(token);
        }
    }

    // A line of the preprocessor, a type in C, the first word of a declaration, a name that is given to a probe, or an attach point.
    private bool TryDeclaration(Token token, out int end)
    {
        DeclarationStart = token.Span.Start;
        _isConfig = token.IsWord("config");
        end = token.Span.End;
        if (token.IsSymbol("#")) end = CText.DirectiveEnd(_text, token.Span.Start) ?? _text.Length;
        else if (CText.StartsType(token) && end < _position) end = CText.TypeEnd(_text, token.Span.Start) ?? _text.Length;
        else if (token.Kind is TokenKind.Word && Headers.Contains(token.Text) && end < _position) _expectsProbe = false;
        else if (token.Kind is TokenKind.Word && Lexer.Read(_text, end) is var next && next.IsSymbol("=") && next.Span.End < _position) end = next.Span.End;
        else
        {
            end = AttachPointScanner.Scan(_text, token.Span.Start).Span.End;
            if (end == token.Span.Start) return false;
            if (end < _position) _expectsProbe = false;
        }

        return true;
    }

    private void Take(Token token)
    {
        if (token.IsSymbol("(")) _open.Push(BeforeBlocks.Contains(_last.Text) ? ") { }" : ")");
        else if (token.IsSymbol("[")) _open.Push("]");
        else if (token.IsSymbol("{")) _open.Push("}");
        else if (token.IsSymbol(")") || token.IsSymbol("]") || token.IsSymbol("}")) _open.TryPop(out _);
        _isPredicate &= !token.IsSymbol("{");
        if (_open.Count == 0)
        {
            if (token.IsSymbol("/")) _isPredicate = !_expectsProbe;
            _expectsProbe |= token.IsSymbol("}") || token.IsSymbol(",") || token.IsSymbol(";") || (token.Kind is TokenKind.String && !_isPredicate);
        }

        _last = token;
    }

    private bool IsInComment(int start, int end)
    {
        foreach (var comment in Trivia.Comments(_text, start, end))
        {
            bool isOpen = _text[comment.Start + 1] == '/' || !Trivia.IsClosed(_text.AsSpan(comment.Start, comment.Length));
            if (comment.Start < _position && (_position < comment.End || (isOpen && _position == comment.End))) return true;
        }

        return false;
    }
}
