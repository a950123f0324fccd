// SPDX-License-Identifier: MIT
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Parsing;

/// <content>Types, and telling them from expressions.</content>
internal sealed partial class Parser
{
    // In tokens. Brackets in brackets would be looked through again and again without a limit.
    private const int LongestType = 256;

    // C writes some types in several words.
    private static readonly HashSet<string> WordsOfC = ["unsigned", "signed", "char", "short", "int", "long"];

    // Names that can be nothing but a type. Of any other name, only what stands around it says so.
    private static readonly HashSet<string> TypeNames =
    [
        .. WordsOfC, "bool", "void", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
        "string", "buffer", "inet", "timestamp",
        "int8_t", "int16_t", "int32_t", "int64_t", "uint8_t", "uint16_t", "uint32_t", "uint64_t", "size_t",
        "count_t", "sum_t", "min_t", "max_t", "avg_t", "stats_t", "hist_t", "lhist_t", "tseries_t",
        "kstack_t", "ustack_t", "ksym_t", "usym_t", "username_t", "macaddr_t", "cgroup_path_t",
    ];

    private TypeName ParseType()
    {
        var token = _tokens.Next;
        TypeName type;
        if (CText.StartsType(token))
        {
            _tokens.Take();
            var name = _tokens.Expect(TokenKind.Word, $"a name after '{token.Text}'");
            type = new TypeName.Tagged(token.Span.To(name.Span), token.Text, name.Text);
        }
        else if (token.IsWord("typeof"))
        {
            _tokens.Take();
            _tokens.ExpectSymbol("(");
            var subject = ParseSubject();
            _tokens.ExpectSymbol(")");
            type = new TypeName.TypeOf(_tokens.SpanFrom(token.Span.Start), subject);
        }
        else
        {
            type = ParseNamedType();
        }

        return ParseTypeSuffixes(type);
    }

    private TypeName.Named ParseNamedType()
    {
        if (_tokens.Next.Kind is not TokenKind.Word || Reserved.Contains(_tokens.Next.Text)) throw _tokens.Unexpected("a type");
        var token = _tokens.Take();
        string name = token.Text;
        while (WordsOfC.Contains(token.Text) && WordsOfC.Contains(_tokens.Next.Text)) name += $" {_tokens.Take().Text}";
        return new(_tokens.SpanFrom(token.Span.Start), name);
    }

    private TypeName ParseTypeSuffixes(TypeName type)
    {
        while (true)
        {
            int start = type.Span.Start;
            if (_tokens.TrySymbol("*"))
            {
                type = new TypeName.Pointer(_tokens.SpanFrom(start), type);
            }
            else if (_tokens.TrySymbol("["))
            {
                var size = _tokens.Next.IsSymbol("]") ? null : ParseExpression();
                _tokens.ExpectSymbol("]");
                type = new TypeName.Array(_tokens.SpanFrom(start), type, size);
            }
            else
            {
                return type;
            }
        }
    }

    /// <summary>A type or an expression. What could be either is an expression: only its names can tell.</summary>
    private SyntaxNode ParseSubject()
    {
        int? end = TypeEnd(0, out bool isCertain);
        return end is { } after && isCertain && (_tokens.Peek(after).IsSymbol(")") || _tokens.Peek(after).IsSymbol(","))
            ? ParseType()
            : ParseExpression();
    }

    private Expression.Cast ParseCast()
    {
        int start = _tokens.Take().Span.Start;
        var type = ParseType();
        _tokens.ExpectSymbol(")");
        var operand = ParseUnary();
        return new(_tokens.SpanFrom(start), type, operand);
    }

    /// <summary>
    /// Whether the parenthesis ahead holds a type, with its operand behind it. After <c>(x)</c> a minus, star or ampersand is taken
    /// for an operator between two operands, unless <c>x</c> can only be a type.
    /// </summary>
    private bool CastAhead()
    {
        if (TypeEnd(1, out bool isCertain) is not { } end || !_tokens.Peek(end).IsSymbol(")")) return false;
        var operand = _tokens.Peek(end + 1);
        return operand.Kind switch
        {
            TokenKind.Number or TokenKind.String or TokenKind.Variable or TokenKind.Map => true,
            TokenKind.Word => operand.Text == "if" || !Reserved.Contains(operand.Text),
            TokenKind.Symbol => operand.Text is "(" or "!" or "~" || (isCertain && operand.Text is "-" or "*" or "&" or "++" or "--"),
            _ => false,
        };
    }

    /// <summary>
    /// How many tokens ahead a type that begins <paramref name="at"/> tokens ahead ends; null when none begins there. Certain is one
    /// that starts with a keyword or a known name, or has a star behind it.
    /// </summary>
    private int? TypeEnd(int at, out bool isCertain)
    {
        var token = _tokens.Peek(at);
        isCertain = CText.StartsType(token) || token.IsWord("typeof") || TypeNames.Contains(token.Text);
        if (token.Kind is not TokenKind.Word || Reserved.Contains(token.Text)) return null;
        at++;
        if (CText.StartsType(token)) at++;
        else if (token.IsWord("typeof")) at = BracketEnd(at);
        else if (WordsOfC.Contains(token.Text)) at = CWordsEnd(at);

        while (true)
        {
            bool isPointer = _tokens.Peek(at).IsSymbol("*");
            if (!isPointer && !_tokens.Peek(at).IsSymbol("[")) return at;
            isCertain |= isPointer;
            at = isPointer ? at + 1 : BracketEnd(at);
        }
    }

    private int CWordsEnd(int at)
    {
        while (WordsOfC.Contains(_tokens.Peek(at).Text)) at++;
        return at;
    }

    /// <summary>Behind what closes the bracket or parenthesis at a distance, or somewhere before that when it is far or missing.</summary>
    private int BracketEnd(int at)
    {
        int depth = 0;
        for (; at < LongestType && _tokens.Peek(at) is { Kind: not TokenKind.End } token && !token.IsSymbol(";"); at++)
        {
            if (token.IsSymbol("(") || token.IsSymbol("[")) depth++;
            if ((token.IsSymbol(")") || token.IsSymbol("]")) && --depth == 0) return at + 1;
        }

        return at;
    }
}
