// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Globalization;
using Ruche.Trace.Diagnostics;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Parsing;

/// <content>Expressions with operators, by precedence climbing.</content>
internal sealed partial class Parser
{
    /// <summary>How deeply a script may nest: far more than anyone writes, far less than the stack of a thread holds.</summary>
    private const int DeepestLevel = 400;

    private const string TooDeep = "this is nested too deeply";
    private const string TooDeepNote = "give a part of it a name with a variable";

    private int _level;

    private Expression ParseExpression()
    {
        using var level = EnterLevel();
        var condition = ParseBinary(leastPrecedence: 1);
        if (!_tokens.TrySymbol("?")) return condition;
        var whenTrue = _tokens.Next.IsSymbol(":") ? null : ParseExpression();
        _tokens.ExpectSymbol(":");
        var whenFalse = ParseExpression();
        return new Expression.Conditional(condition.Span.To(whenFalse.Span), condition, whenTrue, whenFalse);
    }

    private Expression ParseBinary(int leastPrecedence)
    {
        var left = ParseUnary();
        while (Operators.TryBinary(_tokens.Next.Text, out var operation, out int precedence) && precedence >= leastPrecedence
            && !(_isInPredicate && EndsPredicate))
        {
            _tokens.Take();
            var right = ParseBinary(precedence + 1);
            left = new Expression.Binary(left.Span.To(right.Span), operation, left, right);
        }

        return left;
    }

    private Expression ParseUnary()
    {
        using var level = EnterLevel();
        var token = _tokens.Next;
        if (token.IsWord("comptime"))
        {
            _tokens.Take();
            var decided = ParseUnary();
            return new Expression.Comptime(token.Span.To(decided.Span), decided);
        }

        if (!Operators.TryPrefix(token.Text, out var operation)) return ParsePostfixes(ParsePrimary());
        _tokens.Take();
        var operand = ParseUnary();
        if (Operators.Writes(operation)) CheckAssignable(operand, StepVerb(operation));
        return new Expression.Unary(token.Span.To(operand.Span), operation, operand);
    }

    private Expression ParsePostfixes(Expression operand)
    {
        while (true)
        {
            var token = _tokens.Next;
            int start = operand.Span.Start;
            switch (token.Text)
            {
                case ".":
                    _tokens.Take();
                    operand = ParseMember(operand);
                    break;
                case "->":
                    _tokens.Take();
                    string field = _tokens.Expect(TokenKind.Word, "the name of a field after '->'").Text;
                    operand = new Expression.Field(_tokens.SpanFrom(start), operand, field, IsArrow: true);
                    break;
                case "[":
                    _tokens.Take();
                    var position = ParseExpression();
                    _tokens.ExpectSymbol("]");
                    operand = new Expression.Index(_tokens.SpanFrom(start), operand, position);
                    break;
                case "++":
                case "--":
                    var step = token.Text == "++" ? UnaryOperator.PostIncrement : UnaryOperator.PostDecrement;
                    CheckAssignable(operand, StepVerb(step));
                    _tokens.Take();
                    operand = new Expression.Unary(_tokens.SpanFrom(start), step, operand);
                    break;
                default:
                    return operand;
            }
        }
    }

    /// <summary>What follows a dot: a field's name, or the number of a tuple's element.</summary>
    private Expression ParseMember(Expression operand)
    {
        var token = _tokens.Next;
        if (token.Kind is TokenKind.Word)
        {
            _tokens.Take();
            return new Expression.Field(operand.Span.To(token.Span), operand, token.Text, IsArrow: false);
        }

        if (token.Kind is not TokenKind.Number) throw _tokens.Unexpected("the name of a field after '.'");
        if (operand is Expression.Integer whole)
        {
            throw _tokens.Fault(TraceDiagnostics.BadNumber, whole.Span.To(token.Span), "numbers have no fractions",
                "programs in the kernel compute with integers only");
        }

        if (!int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int position))
        {
            throw _tokens.Fault(TraceDiagnostics.BadNumber, token.Span, $"'{token.Text}' is no position in a tuple",
                "positions count from 0");
        }

        _tokens.Take();
        return new Expression.Element(operand.Span.To(token.Span), operand, position);
    }

    private void CheckAssignable(Expression target, string verb)
    {
        if (target is Expression.Variable or Expression.Map) return;
        string[] notes = target is Expression.Identifier name ? [$"a variable is written '${name.Name}', a map '@{name.Name}'"] : [];
        throw _tokens.Fault(TraceDiagnostics.NotAssignable, target.Span, $"only variables and maps can be {verb}", notes);
    }

    private static string StepVerb(UnaryOperator step) =>
        step is UnaryOperator.PreIncrement or UnaryOperator.PostIncrement ? "incremented" : "decremented";

    /// <summary>Items between commas, up to and with the closing symbol; the opening one has been taken.</summary>
    private ImmutableArray<T> ParseList<T>(Func<T> parseItem, string close)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        if (_tokens.TrySymbol(close)) return [];
        do items.Add(parseItem());
        while (_tokens.TrySymbol(","));
        if (!_tokens.TrySymbol(close)) throw _tokens.Unexpected($"',' or '{close}'");
        return items.ToImmutable();
    }

    private Level EnterLevel()
    {
        if (_level == DeepestLevel) throw _tokens.Fault(TraceDiagnostics.TooDeep, _tokens.Next.Span, TooDeep, TooDeepNote);
        return new(this);
    }

    private readonly ref struct Level
    {
        private readonly Parser _parser;

        public Level(Parser parser)
        {
            _parser = parser;
            parser._level++;
        }

        public void Dispose() => _parser._level--;
    }
}
