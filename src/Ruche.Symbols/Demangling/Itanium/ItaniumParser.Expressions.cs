// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Demangling.Itanium;

internal sealed partial class ItaniumParser
{
    private Node Expression()
    {
        Enter();
        var expression = ExpressionOfLetter() ?? Operation();
        _depth--;
        return expression;
    }

    private Node? ExpressionOfLetter()
    {
        switch (Peek())
        {
            case 'L': return Primary();
            case 'T': return TemplateParameter();
            case >= '0' and <= '9': return MaybeWithArguments(Unqualified(null, null));
            case 'f' when Peek(1) is 'p' or 'L' && (Peek(1) == 'p' || char.IsAsciiDigit(Peek(2)) && HasParameterLevel()): return FunctionParameter();
            default:
                if (Accept("sr")) return MemberOfType();
                if (Accept("sp")) return new Node.Expansion(Expression());
                if (Accept("on")) return MaybeWithArguments(OperatorName(null));
                if (Accept("il")) return new Node.Braces(null, Expressions());
                if (Accept("tl")) return new Node.Braces(Type(), Expressions());
                return null;
        }
    }

    // "fL" starts a parameter of an enclosing function, and a fold over an operator.
    private bool HasParameterLevel()
    {
        int at = _at + 2;
        while (at < _text.Length && char.IsAsciiDigit(_text[at])) at++;
        return at < _text.Length && _text[at] == 'p';
    }

    private Node Operation()
    {
        char first = Peek(), second = Peek(1);
        if (Accept("cv")) return Conversion();
        if (first == 'f' && second is 'l' or 'r' or 'L' or 'R') return Fold();
        if (!Operators.TryFind(first, second, out string text, out int operands)) NameWriter.Malformed();
        _at += 2;
        return (first, second) switch
        {
            ('s', 't') or ('a', 't') or ('t', 'i') => new Node.Wrapped($"{text}(", Type(), ")"),
            ('n', 'x') => new Node.Wrapped("noexcept(", Expression(), ")"),
            ('s', 'Z') => new Node.SizeOfPack(Expression()),
            ('g', 's') => new Node.Prefix(text, Expression(), isTight: true),
            ('p', 'p') or ('m', 'm') => Accept('_') ? new Node.Prefix(text, Expression()) : new Node.Suffix(Expression(), text),
            ('c', 'c') or ('d', 'c') or ('r', 'c') or ('s', 'c') => NamedCast(text),
            ('c', 'l') => new Node.Call(Expression(), Expressions()),
            ('i', 'x') => InOrder((left, right) => new Node.Index(left, right)),
            ('d', 't') or ('p', 't') => new Node.Binary(Expression(), text, MemberName()),
            ('q', 'u') => Conditional(),
            ('n', 'w' or 'a') => New(text),
            _ when operands == 0 => new Node.Name(text),
            _ when operands == 1 => new Node.Prefix(text, Expression()),
            _ => InOrder((left, right) => new Node.Binary(left, text, right)),
        };
    }

    private Node InOrder(Func<Node, Node, Node> make)
    {
        var left = Expression();
        return make(left, Expression());
    }

    private Node.Conditional Conditional()
    {
        var condition = Expression();
        var whenTrue = Expression();
        return new(condition, whenTrue, Expression());
    }

    private Node.NamedCast NamedCast(string text)
    {
        var type = Type();
        return new(text, type, Expression());
    }

    private Node.Cast Conversion()
    {
        var type = Type();
        return new(type, Accept('_') ? new Node.Listed(Expressions()) : Expression());
    }

    private Node.New New(string text)
    {
        List<Node> places = [];
        while (!Accept('_')) places.Add(Expression());
        var type = Type();
        if (Accept('E')) return new(text, places, type, null);
        if (Accept("pi")) return new(text, places, type, new Node.Listed(Expressions()));
        return new(text, places, type, Expression());
    }

    private Node.Fold Fold()
    {
        _at++;
        char kind = Next();
        if (!Operators.TryFind(Peek(), Peek(1), out string text, out _)) NameWriter.Malformed();
        _at += 2;
        var first = Expression();
        return kind switch
        {
            'l' => new(null, text, first),
            'r' => new(first, text, null),
            _ => new(first, text, Expression()),
        };
    }

    private Node MemberName() => char.IsAsciiDigit(Peek()) ? MaybeWithArguments(Unqualified(null, null)) : Expression();

    private Node MemberOfType()
    {
        bool isLong = Accept('N');
        var scope = char.IsAsciiDigit(Peek()) ? MaybeWithArguments(Unqualified(null, null)) : Type();

        // Clang writes all scopes, "E", and the name; GCC one scope and the name.
        while (char.IsAsciiDigit(Peek()))
        {
            scope = MaybeWithArguments(new Node.Scoped(scope, Unqualified(null, null)));
            if (!isLong && !(Peek() == 'E' && char.IsAsciiDigit(Peek(1)))) return scope;
        }

        Accept('E');
        Accept("on");
        return MaybeWithArguments(new Node.Scoped(scope, Unqualified(null, null)));
    }

    private Node MaybeWithArguments(Node name) =>
        Peek() == 'I' ? new Node.Template(name, TemplateArguments(isOfFunction: false)) : name;

    private List<Node> Expressions()
    {
        List<Node> expressions = [];
        while (!Accept('E')) expressions.Add(Expression());
        return expressions;
    }

    private Node.Parameter FunctionParameter()
    {
        Expect('f');
        if (Accept('L')) Digits();
        Expect('p');
        if (Accept('T')) return new(0);
        Qualifiers();
        return new(Ordinal() + 1);
    }

    private Node Primary()
    {
        Expect('L');
        if (Peek() == 'Z' || Peek() == '_' && Peek(1) == 'Z')
        {
            Accept('_');
            _at++;
            var encoding = Encoding(isScope: false);
            Expect('E');
            return encoding;
        }

        var type = Type();
        if (Accept('E')) return type;
        bool isNegative = Accept('n');
        int start = _at;
        while (Peek() is not ('E' or '\0')) _at++;
        string digits = _text[start.._at];
        Expect('E');
        return new Node.Literal(type, digits, isNegative);
    }
}
