// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text;
using Ruche.Trace.Parsing;

namespace Ruche.Trace.Preamble;

/// <summary>Reads the declaration of a struct, union or enum.</summary>
internal sealed class CTypeReader
{
    private const int LargestArray = 1 << 20;

    private static readonly string[] Qualifiers = ["const", "volatile", "restrict", "__user", "__rcu", "__percpu"];
    private static readonly string[] NumberWords = ["unsigned", "signed", "char", "short", "int", "long", "_Bool"];

    private readonly string _text;
    private readonly Func<string, CType.Enumeration?, long?> _compute;
    private Token _next;

    private CTypeReader(string text, Func<string, CType.Enumeration?, long?> compute)
    {
        (_text, _compute) = (text, compute);
        _next = Lexer.Read(text, 0);
    }

    /// <summary>What a text declares.</summary>
    /// <param name="text">The text, from the keyword on.</param>
    /// <param name="compute">Tells the value of an expression, in an enumeration of which some values are known.</param>
    /// <exception cref="CTypeException">It declares nothing.</exception>
    public static CType Read(string text, Func<string, CType.Enumeration?, long?> compute) => new CTypeReader(text, compute).Tagged();

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

    private void Expect(string symbol)
    {
        if (!TakeSymbol(symbol)) throw Fault($"'{symbol}' is missing before '{_next.Text}'");
    }

    private string Word() => _next.Kind is TokenKind.Word ? Take().Text : throw Fault($"a name is missing before '{_next.Text}'");

    private CTypeException Fault(string message) => new(message, _next.Span.Start);

    private CType Tagged()
    {
        string keyword = Word();
        bool isPacked = false;
        int alignment = 1;
        Attributes(ref isPacked, ref alignment);
        string? name = _next.Kind is TokenKind.Word ? Take().Text : null;
        if (!_next.IsSymbol("{")) return name is null ? throw Fault($"'{keyword}' has neither a name nor members") : new CType.Tagged(keyword, name);
        Take();
        if (keyword == "enum") return Enumerators(new(name));
        CType.Composite type = new(keyword, name);
        while (!TakeSymbol("}")) Members(type);
        Attributes(ref isPacked, ref alignment);
        (type.IsPacked, type.Alignment) = (isPacked, alignment);
        return type;
    }

    private CType.Enumeration Enumerators(CType.Enumeration type)
    {
        long value = 0;
        while (!TakeSymbol("}"))
        {
            string name = Word();
            if (TakeSymbol("=")) value = Constant(",", "}", type);
            type.Values.Add(new(name, value++));
            if (!TakeSymbol(",") && !_next.IsSymbol("}")) throw Fault($"',' is missing before '{_next.Text}'");
        }

        bool isPacked = false;
        int alignment = 1;
        Attributes(ref isPacked, ref alignment);
        return type;
    }

    private void Members(CType.Composite into)
    {
        var type = Type();
        do
        {
            // A struct without a name whose members belong to the whole.
            if (_next.IsSymbol(";"))
            {
                into.Members.Add(new(null, type, 0, [], null));
                break;
            }

            into.Members.Add(Declarator(type));
        }
        while (TakeSymbol(","));
        Expect(";");
    }

    private CType Type()
    {
        SkipQualifiers();
        if (CText.StartsType(_next)) return Behind(Tagged());
        StringBuilder words = new();
        while (_next.Kind is TokenKind.Word && (NumberWords.Contains(_next.Text) || words.Length == 0 || Qualifiers.Contains(_next.Text)))
        {
            bool isNumber = NumberWords.Contains(_next.Text), isQualifier = Qualifiers.Contains(_next.Text);
            string word = Take().Text;
            if (isQualifier) continue;
            words.Append(words.Length > 0 ? " " : "").Append(word);
            if (!isNumber) break;
        }

        return words.Length == 0 ? throw Fault($"a type is missing before '{_next.Text}'") : Behind(new CType.Named(words.ToString()));
    }

    private CType Behind(CType type)
    {
        SkipQualifiers();
        return type;
    }

    private void SkipQualifiers()
    {
        while (_next.Kind is TokenKind.Word && Qualifiers.Contains(_next.Text)) Take();
    }

    private CMember Declarator(CType type)
    {
        int pointers = Stars();

        // A pointer to a function: where it leads is not said.
        if (_next.IsSymbol("("))
        {
            Take();
            int stars = Stars();
            string function = Word();
            var several = Counts();
            Expect(")");
            if (stars == 0 || !_next.IsSymbol("(")) throw Fault($"'{function}' is declared in a way that is not read");
            SkipParentheses();
            return new(function, new CType.Named("void"), stars, several, null);
        }

        string? name = _next.IsSymbol(":") ? null : Word();
        var counts = Counts();
        int? bits = TakeSymbol(":") ? (int)Math.Clamp(Constant(",", ";", null), 0, 64) : null;
        bool isPacked = false;
        int alignment = 1;
        Attributes(ref isPacked, ref alignment);
        return new(name ?? "", type, pointers, counts, bits);
    }

    private int Stars()
    {
        int stars = 0;
        for (SkipQualifiers(); TakeSymbol("*"); SkipQualifiers()) stars++;
        return stars;
    }

    private ImmutableArray<int> Counts()
    {
        List<int> counts = [];
        while (TakeSymbol("["))
        {
            long count = _next.IsSymbol("]") ? 0 : Constant("]", "]", null);
            Expect("]");
            if (count is < 0 or > LargestArray) throw Fault($"an array of {count} elements");
            counts.Add((int)count);
        }

        return [.. counts];
    }

    /// <summary>An expression up to one of two symbols.</summary>
    private long Constant(string end, string otherEnd, CType.Enumeration? enumeration)
    {
        int start = _next.Span.Start;
        for (int depth = 0; _next.Kind is not TokenKind.End && (depth > 0 || !(_next.IsSymbol(end) || _next.IsSymbol(otherEnd))); Take())
        {
            if (_next.IsSymbol("(")) depth++;
            if (_next.IsSymbol(")")) depth--;
        }

        string text = _text[start.._next.Span.Start].Trim();
        return _compute(text, enumeration) ?? throw new CTypeException($"'{text}' is no number that is known", start);
    }

    private void Attributes(ref bool isPacked, ref int alignment)
    {
        while (_next.IsWord("__attribute__") || _next.IsWord("__packed"))
        {
            if (Take().Text == "__packed")
            {
                isPacked = true;
                continue;
            }

            int start = _next.Span.Start;
            SkipParentheses();
            string said = _text[start.._next.Span.Start];
            isPacked |= said.Contains("packed", StringComparison.Ordinal);
            int aligned = said.IndexOf("aligned(", StringComparison.Ordinal);
            if (aligned < 0) continue;
            string number = said[(aligned + "aligned(".Length)..said.IndexOf(')', aligned)];
            if (_compute(number, null) is > 0 and <= 4096 and var wanted) alignment = Math.Max(alignment, (int)wanted);
        }
    }

    private void SkipParentheses()
    {
        if (!_next.IsSymbol("(")) throw Fault($"'(' is missing before '{_next.Text}'");
        int depth = 0;
        do
        {
            if (_next.Kind is TokenKind.End) throw Fault("')' is missing");
            var token = Take();
            if (token.IsSymbol("(")) depth++;
            if (token.IsSymbol(")")) depth--;
        }
        while (depth > 0);
    }
}
