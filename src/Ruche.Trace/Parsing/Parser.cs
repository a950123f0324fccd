// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Parsing;

/// <summary>
/// Reads a script into a tree by recursive descent. After an error it goes on with the next statement, or the next declaration, so that
/// one run reports several; the tree of a script with errors has holes and is good for nothing but looking at.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>How many errors are worth reading.</summary>
    public const int MostErrors = 64;

    private readonly TokenStream _tokens;

    // A brace of this declaration is missing, which has been said; what else is missing in it follows from that.
    private bool _isAbandoned;

    // A string without an end has swallowed the rest of its line, and a brace with it, maybe.
    private bool _hasOpenString;

    private Parser(SourceText source, DiagnosticBag diagnostics) => _tokens = new(source, diagnostics);

    /// <summary>Reads the file that a text has last.</summary>
    public static Script Parse(SourceText source, DiagnosticBag diagnostics)
    {
        var script = new Parser(source, diagnostics).ParseScript();
        if (!diagnostics.HasErrors && SyntaxDepth.FindTooDeep(script) is { } deep)
            diagnostics.Error(TraceDiagnostics.TooDeep, TooDeep, source.Locate(deep.Span), TooDeepNote);

        return script;
    }

    /// <summary>Reads a text that is one expression; null for all others.</summary>
    public static Expression? ParseExpression(string text)
    {
        Parser parser = new(new(text, ""), new());
        try
        {
            var expression = parser.ParseExpression();
            return parser._tokens.Next.Kind is TokenKind.End ? expression : null;
        }
        catch (InvalidObjectException)
        {
            return null;
        }
    }

    private bool HasEnoughErrors => _tokens.Errors >= MostErrors;

    private void Report(InvalidObjectException refused)
    {
        if (!_isAbandoned) _tokens.Report(refused);
    }

    private Script ParseScript()
    {
        int begin = _tokens.Position;
        var declarations = ImmutableArray.CreateBuilder<Declaration>();
        while (_tokens.Next.Kind is not TokenKind.End && !HasEnoughErrors)
        {
            int start = _tokens.Next.Span.Start;
            _isAbandoned = _hasOpenString = false;
            try
            {
                var declaration = ParseDeclaration(isFirst: declarations.Count == 0);
                CheckOrder(declaration, declarations);
                declarations.Add(declaration);
            }
            catch (InvalidObjectException refused)
            {
                Report(refused);
                SkipDeclaration(start);
            }
        }

        _tokens.SkipTrivia();
        return new(SourceSpan.Between(begin, _tokens.Text.Length), declarations.ToImmutable(), _tokens.Comments);
    }

    /// <summary>Skips to behind the next closing brace that closes none opened on the way, or to where a probe begins a line.</summary>
    private void SkipDeclaration(int start)
    {
        if (_tokens.Next.Span.Start == start) _tokens.Take();
        for (int depth = 0; _tokens.Next.Kind is not TokenKind.End;)
        {
            if (StartsProbeOnNewLine()) return;
            var token = _tokens.Take();
            if (token.IsSymbol("{")) depth++;
            if (token.IsSymbol("}") && --depth <= 0) return;
        }
    }
}
