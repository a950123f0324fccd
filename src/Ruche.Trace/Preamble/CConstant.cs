// SPDX-License-Identifier: MIT
using Ruche.Trace.Parsing;

namespace Ruche.Trace.Preamble;

/// <summary>
/// Computes an expression of C whose value is known before the program runs. Macros stand for their text; any other name is asked for, and has no
/// value when nobody knows it.
/// </summary>
internal sealed class CConstant
{
    private const int MostNesting = 64;

    private static readonly string[][] Levels =
    [
        ["||"], ["&&"], ["|"], ["^"], ["&"], ["==", "!="], ["<", ">", "<=", ">="], ["<<", ">>"], ["+", "-"], ["*", "/", "%"],
    ];

    private readonly string _text;
    private readonly CMacros _macros;
    private readonly Func<string, long?> _names;
    private readonly int _depth;
    private Token _next;

    private CConstant(string text, CMacros macros, Func<string, long?> names, int depth)
    {
        (_text, _macros, _names, _depth) = (text, macros, names, depth);
        _next = Lexer.Read(text, 0);
    }

    /// <summary>The value; null when it is none.</summary>
    public static long? Compute(string text, CMacros macros, Func<string, long?> names) => Compute(text, macros, names, 0);

    private static long? Compute(string text, CMacros macros, Func<string, long?> names, int depth)
    {
        if (depth > MostNesting || text.Length == 0) return null;
        CConstant reader = new(text, macros, names, depth);
        long? value = reader.Choice();
        return reader._next.Kind is TokenKind.End ? value : null;
    }

    private Token Take()
    {
        var taken = _next;
        _next = Lexer.Read(_text, taken.Span.End);
        return taken;
    }

    private bool TakeSymbol(string symbol)
    {
        if (!_next.IsSymbol(symbol)) return false;
        Take();
        return true;
    }

    private long? Choice()
    {
        long? condition = Level(0);
        if (!TakeSymbol("?")) return condition;
        long? then = Choice();
        if (!TakeSymbol(":")) return null;
        long? otherwise = Choice();
        return condition is null ? null : condition != 0 ? then : otherwise;
    }

    private long? Level(int level)
    {
        if (level == Levels.Length) return Unary();
        long? left = Level(level + 1);
        while (_next.Kind is TokenKind.Symbol && Levels[level].Contains(_next.Text))
        {
            string symbol = Take().Text;
            long? right = Level(level + 1);
            left = symbol switch
            {
                // One side may decide without the other.
                "&&" when left == 0 || right == 0 => 0,
                "||" when (left is not null and not 0) || (right is not null and not 0) => 1,
                _ => left is { } a && right is { } b ? Binary(symbol, a, b) : null,
            };
        }

        return left;
    }

    private static long? Binary(string symbol, long a, long b) => symbol switch
    {
        "||" or "&&" => a != 0 && b != 0 || (symbol == "||" && (a != 0 || b != 0)) ? 1 : 0,
        "|" => a | b,
        "^" => a ^ b,
        "&" => a & b,
        "==" => a == b ? 1 : 0,
        "!=" => a != b ? 1 : 0,
        "<" => a < b ? 1 : 0,
        ">" => a > b ? 1 : 0,
        "<=" => a <= b ? 1 : 0,
        ">=" => a >= b ? 1 : 0,
        "<<" => b is >= 0 and < 64 ? a << (int)b : null,
        ">>" => b is >= 0 and < 64 ? a >> (int)b : null,
        "+" => unchecked(a + b),
        "-" => unchecked(a - b),
        "*" => unchecked(a * b),
        "/" => b == 0 || b == -1 ? (b == 0 ? null : unchecked(-a)) : a / b,
        "%" => b == 0 ? null : b == -1 ? 0 : a % b,
        _ => null,
    };

    private long? Unary()
    {
        if (TakeSymbol("!")) return Unary() is { } value ? (value == 0 ? 1 : 0) : null;
        if (TakeSymbol("~")) return ~Unary();
        if (TakeSymbol("-")) return Unary() is { } value ? unchecked(-value) : null;
        if (TakeSymbol("+")) return Unary();
        if (TakeSymbol("("))
        {
            long? inner = Choice();
            return TakeSymbol(")") ? inner : null;
        }

        return _next.Kind switch
        {
            TokenKind.Number => (long?)NumberLiteral.Read(Take().Text).Value,
            TokenKind.Word => Name(Take().Text),
            TokenKind.Unknown when _next.Text == "'" => Character(),
            _ => null,
        };
    }

    private long? Name(string name)
    {
        if (name == "defined")
        {
            bool isWrapped = TakeSymbol("(");
            bool isDefined = _macros.IsDefined(Take().Text);
            return isWrapped && !TakeSymbol(")") ? null : isDefined ? 1 : 0;
        }

        if (_next.IsSymbol("("))
        {
            SkipArguments();
            return null;
        }

        return _macros.TryFind(name, out string? text) ? Compute(text, _macros, _names, _depth + 1) : _names(name);
    }

    private void SkipArguments()
    {
        int depth = 0;
        do
        {
            var token = Take();
            if (token.IsSymbol("(")) depth++;
            if (token.IsSymbol(")")) depth--;
        }
        while (depth > 0 && _next.Kind is not TokenKind.End);
    }

    // 'a', '\n', '\0'.
    private long? Character()
    {
        int start = _next.Span.Start, end = _text.IndexOf('\'', start + 1);
        if (end == start + 2 && _text[start + 1] == '\\') end = _text.IndexOf('\'', end + 1);
        if (end < 0) return null;
        var bytes = StringLiteral.Read($"\"{_text[(start + 1)..end]}\"").Bytes;
        _next = Lexer.Read(_text, end + 1);
        return bytes is [var only] ? only : null;
    }
}
