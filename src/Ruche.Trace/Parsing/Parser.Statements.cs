// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Parsing;

/// <content>Blocks and statements.</content>
internal sealed partial class Parser
{
    private Expression.Block ParseBlock()
    {
        using var level = EnterLevel();
        bool wasInPredicate = _isInPredicate;
        _isInPredicate = false;
        var brace = _tokens.ExpectSymbol("{");
        var statements = ImmutableArray.CreateBuilder<Statement>();
        Expression? value = null;
        while (value is null && !_tokens.Next.IsSymbol("}"))
        {
            if (_tokens.Next.Kind is TokenKind.End || HasEnoughErrors || StartsProbeOnNewLine()) return Abandon(brace, statements);
            if (_tokens.TrySymbol(";")) continue;
            value = ParseStatementOrValue(statements);
        }

        _tokens.Take();
        _isInPredicate = wasInPredicate;
        return new(_tokens.SpanFrom(brace.Span.Start), statements.ToImmutable(), value);
    }

    /// <summary>What was read of a block that does not end; said once, about the innermost one.</summary>
    private Expression.Block Abandon(Token brace, ImmutableArray<Statement>.Builder statements)
    {
        if (!HasEnoughErrors && !_hasOpenString) Report(Unclosed(brace));
        _isAbandoned = true;
        return new(_tokens.SpanFrom(brace.Span.Start), statements.ToImmutable(), null);
    }

    private InvalidObjectException Unclosed(Token brace)
    {
        var next = _tokens.Next;
        string before = next.Kind is TokenKind.End ? "the end of the script" : $"line {_tokens.LineOf(next.Span.Start)}";
        return _tokens.Fault(TraceDiagnostics.Unclosed, brace.Span, "the brace that opens here is not closed", $"a '}}' is missing before {before}");
    }

    /// <summary>Adds a statement, or returns the block's value; after an error, goes on behind the statement.</summary>
    private Expression? ParseStatementOrValue(ImmutableArray<Statement>.Builder statements)
    {
        int start = _tokens.Next.Span.Start;
        try
        {
            var statement = ParseStatement();
            if (_tokens.TrySymbol(";"))
            {
                statements.Add(statement);
                return null;
            }

            if (_tokens.Next.IsSymbol("}") && statement is Statement.Evaluate last) return last.Expression;
            statements.Add(statement);
            if (!_tokens.Next.IsSymbol("}") && !EndsWithBlock(statement)) ExpectSemicolon();
        }
        catch (InvalidObjectException refused)
        {
            Report(refused);
            SkipStatement(start);
        }

        return null;
    }

    private static bool EndsWithBlock(Statement statement) => statement
        is Statement.ForEach or Statement.ForRange or Statement.While or Statement.Unroll
        or Statement.Evaluate { Expression: Expression.If or Expression.Block };

    // The next statement is as good as any when only the semicolon before it is missing.
    private void ExpectSemicolon()
    {
        if (_isAbandoned) return;
        if (_tokens.Next.Kind is TokenKind.End || StartsStatement(_tokens.Next))
        {
            _tokens.Report(TraceDiagnostics.Unexpected, new(_tokens.Position, 0), $"expected ';', found {_tokens.Next.Shown}");
            return;
        }

        throw _tokens.Unexpected("';'");
    }

    private static bool StartsStatement(Token token) => token.Kind is TokenKind.Word or TokenKind.Variable or TokenKind.Map;

    private void SkipStatement(int start)
    {
        if (_tokens.Next.Span.Start == start && !_tokens.Next.IsSymbol("}")) _tokens.Take();
        for (int depth = 0; _tokens.Next.Kind is not TokenKind.End;)
        {
            if (StartsProbeOnNewLine() || (depth == 0 && _tokens.Next.IsSymbol("}"))) return;
            var token = _tokens.Take();
            if (token.IsSymbol("{")) depth++;
            if (token.IsSymbol("}") && --depth == 0 && !_tokens.Next.IsWord("else")) return;
            if (token.IsSymbol(";") && depth == 0) return;
        }
    }

    private Statement ParseStatement()
    {
        var token = _tokens.Next;
        if (token.Kind is not TokenKind.Word) return ParseExpressionStatement();
        switch (token.Text)
        {
            case "let": return ParseLet();
            case "for": return ParseFor();
            case "while":
            case "unroll": return ParseRepetition();
            case "break": return new Statement.Break(_tokens.Take().Span);
            case "continue": return new Statement.Continue(_tokens.Take().Span);
            case "return": return ParseReturn();
            case "import":
                _tokens.Take();
                var path = ParseImportPath();
                return new Statement.Import(token.Span.To(path.Span), path);
            case "_" when _tokens.Peek(1).IsSymbol("="):
                _tokens.Take();
                _tokens.Take();
                var value = ParseExpression();
                return new Statement.Discard(token.Span.To(value.Span), value);
            default: return ParseExpressionStatement();
        }
    }

    private Statement.Declare ParseLet()
    {
        int start = _tokens.Take().Span.Start;
        if (_tokens.Next.Kind is TokenKind.Map)
        {
            throw _tokens.Fault(TraceDiagnostics.Misplaced, _tokens.Next.Span, "maps are declared outside all braces",
                "a map needs no declaration to be used");
        }

        if (!IsScratchVariable(_tokens.Next)) throw _tokens.Unexpected("a variable such as '$name' after 'let'");
        var variable = TakeVariable();
        var type = _tokens.TrySymbol(":") ? ParseType() : null;
        var value = _tokens.TrySymbol("=") ? ParseExpression() : null;
        return new(_tokens.SpanFrom(start), variable, type, value);
    }

    private Statement.Return ParseReturn()
    {
        int start = _tokens.Take().Span.Start;
        var value = _tokens.Next.IsSymbol(";") || _tokens.Next.IsSymbol("}") ? null : ParseExpression();
        return new(_tokens.SpanFrom(start), value);
    }

    private Expression.String ParseImportPath() =>
        _tokens.Next.Kind is TokenKind.String ? TakeString() : throw _tokens.Unexpected("a path in quotes after 'import'");

    private Statement ParseRepetition()
    {
        var keyword = _tokens.Take();
        var operand = ParseHead();
        var body = ParseBlock();
        var span = _tokens.SpanFrom(keyword.Span.Start);
        return keyword.Text == "while" ? new Statement.While(span, operand, body) : new Statement.Unroll(span, operand, body);
    }

    private Statement ParseFor()
    {
        int start = _tokens.Take().Span.Start;
        bool isParenthesized = _tokens.TrySymbol("(");
        if (!IsScratchVariable(_tokens.Next)) throw _tokens.Unexpected("a variable such as '$i' after 'for'");
        var variable = TakeVariable();
        _tokens.ExpectSymbol(":");
        var source = ParseExpression();
        var to = _tokens.TrySymbol("..") ? ParseExpression() : null;
        if (to is null && source is not Expression.Map { Keys.IsEmpty: true })
            throw _tokens.Fault(TraceDiagnostics.Unexpected, source.Span, "expected a map without keys or a range such as '0..10' to go through");
        if (isParenthesized) _tokens.ExpectSymbol(")");
        var body = ParseBlock();
        return to is null
            ? new Statement.ForEach(_tokens.SpanFrom(start), variable, (Expression.Map)source, body)
            : new Statement.ForRange(_tokens.SpanFrom(start), variable, source, to, body);
    }

    /// <summary>What stands between a keyword and a block: parentheses around all of it are no part of the tree.</summary>
    private Expression ParseHead()
    {
        var head = ParseExpression();
        while (head is Expression.Parenthesized outer) head = outer.Inner;
        return head;
    }

    // A statement that begins with a block ends with it: what follows is the next one, not an operand.
    private Statement ParseExpressionStatement()
    {
        var first = _tokens.Next;
        var expression = first.IsWord("if") || first.IsSymbol("{") ? ParsePrimary() : ParseExpression();
        BinaryOperator? operation = null;
        if (Operators.TryAssignment(_tokens.Next.Text, out var found)) operation = found;
        else if (!_tokens.Next.IsSymbol("=")) return new Statement.Evaluate(expression.Span, expression);

        CheckAssignable(expression, "assigned to");
        _tokens.Take();
        var value = ParseExpression();
        return new Statement.Assign(expression.Span.To(value.Span), expression, operation, value);
    }
}
