// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Parsing;

/// <content>What stands outside all braces, but for probes.</content>
internal sealed partial class Parser
{
    private static readonly HashSet<string> Directives =
    [
        "define", "undef", "include", "include_next", "if", "ifdef", "ifndef", "elif", "else", "endif", "pragma", "error", "warning", "line",
    ];

    // Said once: whoever writes one such comment writes more.
    private bool _hasForeignComments;

    private Declaration ParseDeclaration(bool isFirst)
    {
        var token = _tokens.Next;
        var second = _tokens.Peek(1);
        if (token.IsSymbol("#")) return ParseDirective(isFirst);
        if (CText.StartsType(token) && second.Kind is TokenKind.Word) return ParseCType();
        if (token.IsWord("config") && second.IsSymbol("=") && _tokens.Peek(2).IsSymbol("{")) return ParseConfig();
        if (token.IsWord("import")) return ParseImport();
        if (token.IsWord("let")) return ParseMapDeclaration();
        if (token.IsWord("macro") && second.Kind is TokenKind.Word) return ParseMacro();
        if (token.IsWord("fn") && second.Kind is TokenKind.Word) return ParseSubprogram();
        return ParseProbe();
    }

    /// <summary>What configures a script comes before what it does, and there is one configuration.</summary>
    private void CheckOrder(Declaration declaration, ImmutableArray<Declaration>.Builder before)
    {
        string? what = declaration switch
        {
            Declaration.Config => "the configuration",
            Declaration.Import => "an import",
            Declaration.Directive { Keyword: not ("" or "!") } => "a line for the C preprocessor",
            Declaration.CType => "a C type",
            _ => null,
        };
        if (what is null) return;
        if (before.Any(d => d is Declaration.Probe or Declaration.Macro or Declaration.Map or Declaration.Subprogram))
        {
            _tokens.Report(TraceDiagnostics.Misplaced, FirstToken(declaration),
                $"{what} must come before the first probe, macro, function and map", "move it to the top of the script");
        }
        else if (declaration is Declaration.Config && before.Any(d => d is Declaration.Config))
        {
            _tokens.Report(TraceDiagnostics.Misplaced, FirstToken(declaration), "the script has a configuration already",
                "put all settings into the first");
        }
    }

    private SourceSpan FirstToken(Declaration declaration) => Lexer.Read(_tokens.Text, declaration.Span.Start).Span;

    /// <summary>A line after a number sign. Those who are used to other languages write comments so, which does no harm.</summary>
    private Declaration.Directive ParseDirective(bool isFirst)
    {
        int start = _tokens.SkipTrivia();
        var keyword = _tokens.Peek(1);
        bool isKnown = Directives.Contains(keyword.Text) && _tokens.LineOf(keyword.Span.Start) == _tokens.LineOf(start);
        bool isShebang = isFirst && keyword.IsSymbol("!");
        if (!isKnown && !isShebang && !_hasForeignComments)
        {
            _hasForeignComments = true;
            _tokens.Warn(TraceDiagnostics.UnknownDirective, new(start, 1),
                "'#' begins no directive here; such lines are taken for comments", "comments begin with '//'");
        }

        int? end = isKnown ? CText.DirectiveEnd(_tokens.Text, start) : Trivia.LineEnd(_tokens.Text, start);
        _tokens.JumpTo(end ?? _tokens.Text.Length);
        if (end is null)
        {
            throw _tokens.Fault(TraceDiagnostics.UnterminatedComment, keyword.Span, $"a comment behind '#{keyword.Text}' does not end",
                "end it with '*/'");
        }

        return new(_tokens.SpanFrom(start), isKnown || isShebang ? keyword.Text : "", Verbatim(start));
    }

    private Declaration.CType ParseCType()
    {
        int start = _tokens.SkipTrivia();
        var keyword = _tokens.Next;
        string name = _tokens.Peek(1).Text;
        if (CText.TypeEnd(_tokens.Text, start) is not { } end)
        {
            _tokens.JumpTo(_tokens.Text.Length);
            throw _tokens.Fault(TraceDiagnostics.Unclosed, keyword.Span, $"'{keyword.Text} {name}' does not end", "close it with '}'");
        }

        _tokens.JumpTo(end);
        return new(_tokens.SpanFrom(start), keyword.Text, name, Verbatim(start));
    }

    /// <summary>From a start to the end of what was taken last, as it is, but for how its lines end.</summary>
    private string Verbatim(int start) =>
        _tokens.Text[start.._tokens.Position].Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\r');

    private Declaration.Config ParseConfig()
    {
        int start = _tokens.Take().Span.Start;
        _tokens.ExpectSymbol("=");
        var brace = _tokens.ExpectSymbol("{");
        var settings = ImmutableArray.CreateBuilder<ConfigSetting>();
        while (!_tokens.TrySymbol("}"))
        {
            if (_tokens.Next.Kind is TokenKind.End) throw Unclosed(brace);
            settings.Add(ParseSetting());
            if (!_tokens.TrySymbol(";") && !_tokens.Next.IsSymbol("}")) throw _tokens.Unexpected("';' or '}' after a setting");
        }

        return new(_tokens.SpanFrom(start), settings.ToImmutable());
    }

    private ConfigSetting ParseSetting()
    {
        var key = _tokens.Expect(TokenKind.Word, "the name of a setting");
        _tokens.ExpectSymbol("=");
        if (_tokens.Next.Kind is not (TokenKind.Word or TokenKind.Number or TokenKind.String))
            throw _tokens.Unexpected("a name, a number or a string as the setting's value");

        Expression value = _tokens.Next.Kind is TokenKind.Word ? TakeName() : ParseLiteral();
        return new(_tokens.SpanFrom(key.Span.Start), key.Text, value);
    }

    private Declaration.Import ParseImport()
    {
        int start = _tokens.Take().Span.Start;
        var path = ParseImportPath();
        _tokens.TrySymbol(";");
        return new(_tokens.SpanFrom(start), path);
    }

    private Declaration.Map ParseMapDeclaration()
    {
        int start = _tokens.Take().Span.Start;
        var map = _tokens.Expect(TokenKind.Map, "a map such as '@name' after 'let'");
        _tokens.ExpectSymbol("=");
        var kind = _tokens.Expect(TokenKind.Word, "a kind of map such as 'hash(1024)'");
        _tokens.ExpectSymbol("(");
        var call = ParseCall(kind);
        _tokens.TrySymbol(";");
        return new(_tokens.SpanFrom(start), map.Text[1..], call);
    }

    private Declaration.Macro ParseMacro()
    {
        int start = _tokens.Take().Span.Start;
        string name = _tokens.Take().Text;
        _tokens.ExpectSymbol("(");
        var parameters = ParseList(ParseMacroParameter, ")");
        var body = ParseBlock();
        return new(_tokens.SpanFrom(start), name, parameters, body);
    }

    private Expression ParseMacroParameter()
    {
        var token = _tokens.Next;
        if (token.Kind is TokenKind.Word) return TakeName();
        if (IsScratchVariable(token)) return TakeVariable();
        if (token.Kind is TokenKind.Map) return new Expression.Map(_tokens.Take().Span, token.Text[1..], []);
        throw _tokens.Unexpected("a parameter: a variable, a name or a map");
    }

    private Declaration.Subprogram ParseSubprogram()
    {
        int start = _tokens.Take().Span.Start;
        string name = _tokens.Take().Text;
        _tokens.ExpectSymbol("(");
        var parameters = ParseList(ParseParameter, ")");
        _tokens.ExpectSymbol(":");
        var returns = ParseType();
        var body = ParseBlock();
        return new(_tokens.SpanFrom(start), name, parameters, returns, body);
    }

    private Parameter ParseParameter()
    {
        if (!IsScratchVariable(_tokens.Next)) throw _tokens.Unexpected("a parameter such as '$name : int64'");
        var variable = TakeVariable();
        _tokens.ExpectSymbol(":");
        var type = ParseType();
        return new(variable.Span.To(type.Span), variable.Name, type);
    }
}
