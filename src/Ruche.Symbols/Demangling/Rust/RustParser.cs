// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Symbols.Demangling.Rust;

/// <summary>
/// Names that Rust mangles as RFC 2603 describes it, written as c++filt does without its hashes. They refer back by position, so a name is
/// written while it is read. One that is not so mangled ends in a <see cref="FormatException"/>.
/// </summary>
internal sealed partial class RustParser
{
    private const int Deepest = 256;

    private readonly string _text;
    private readonly NameWriter _name = new();
    private int _at = 2;
    private int _depth;
    private int _lifetimes;
    private bool _isSilent;

    private RustParser(string text) => _text = text;

    /// <summary>Writes the name that the text is.</summary>
    public static string Demangle(string text)
    {
        RustParser parser = new(text);
        parser.Path(isValue: true);
        if (char.IsAsciiLetterUpper(parser.Peek())) parser.Silently(() => parser.Path(isValue: false));

        // Compilers add ".cold" and the like.
        if (parser._at < text.Length && parser.Peek() != '.') NameWriter.Malformed();
        return parser._name.ToString();
    }

    private void Path(bool isValue)
    {
        Enter();
        switch (Next())
        {
            case 'C':
                Disambiguator();
                Write(Identifier());
                break;
            case 'N':
                Nested(isValue);
                break;
            case 'M':
                Implementation();
                Write("<");
                Type();
                Write(">");
                break;
            case 'X':
                Implementation();
                TraitOf();
                break;
            case 'Y':
                TraitOf();
                break;
            case 'I':
                Path(isValue);
                Write(isValue ? "::<" : "<");
                Arguments();
                Write(">");
                break;
            case 'B':
                BackReference(() => Path(isValue));
                break;
            default:
                NameWriter.Malformed();
                break;
        }

        _depth--;
    }

    private void Nested(bool isValue)
    {
        char kind = Next();
        if (!char.IsAsciiLetter(kind)) NameWriter.Malformed();
        Path(isValue);
        ulong number = Disambiguator();
        string name = Identifier();
        if (char.IsAsciiLetterLower(kind))
        {
            if (name.Length > 0) Write($"::{name}");
            return;
        }

        string what = kind switch { 'C' => "closure", 'S' => "shim", _ => $"{kind}" };
        Write(name.Length > 0 ? $"::{{{what}:{name}#{number}}}" : $"::{{{what}#{number}}}");
    }

    // Where an implementation stands is of no interest.
    private void Implementation() => Silently(() =>
    {
        Disambiguator();
        Path(isValue: false);
    });

    private void TraitOf()
    {
        Write("<");
        Type();
        Write(" as ");
        Path(isValue: false);
        Write(">");
    }

    private void Arguments() => List(() =>
    {
        if (Accept('L')) Lifetime(Number());
        else if (Accept('K')) Constant();
        else Type();
    });

    /// <summary>Things up to an "E", with commas between; says how many.</summary>
    private int List(Action element)
    {
        int count = 0;
        while (!Accept('E'))
        {
            if (count++ > 0) Write(", ");
            element();
        }

        return count;
    }

    private void BackReference(Action read)
    {
        int start = _at - 1;
        ulong to = Number();
        if (to + 2 >= (ulong)start) NameWriter.Malformed();
        if (_isSilent) return;
        int at = _at;
        _at = (int)to + 2;
        read();
        _at = at;
    }

    private string Identifier()
    {
        bool isPunycode = Accept('u');
        int length = Accept('0') ? 0 : Length();
        Accept('_');
        if (length > _text.Length - _at) NameWriter.Malformed();
        var name = _text.AsSpan(_at, length);
        _at += length;
        if (!isPunycode) return name.ToString();
        int end = name.LastIndexOf('_');
        try
        {
            return end < 0 ? Punycode.Decode("", name) : Punycode.Decode(name[..end], name[(end + 1)..]);
        }
        catch (OverflowException)
        {
            NameWriter.Malformed();
            return "";
        }
    }

    private int Length()
    {
        int start = _at;
        while (char.IsAsciiDigit(Peek())) _at++;
        if (_at == start || _at - start > 7) NameWriter.Malformed();
        return int.Parse(_text.AsSpan(start, _at - start), CultureInfo.InvariantCulture);
    }

    private ulong Disambiguator() => Accept('s') ? Number() + 1 : 0;

    /// <summary>A number of base 62 and an underscore; none stands for 0, and 0 for 1.</summary>
    private ulong Number()
    {
        if (Accept('_')) return 0;
        ulong number = 0;
        while (!Accept('_'))
        {
            // A hash may have more digits than fit: what counts is that it is read.
            char digit = Next();
            int value = digit switch
            {
                >= '0' and <= '9' => digit - '0',
                >= 'a' and <= 'z' => digit - 'a' + 10,
                >= 'A' and <= 'Z' => digit - 'A' + 36,
                _ => -1,
            };
            if (value < 0) NameWriter.Malformed();
            number = unchecked(number * 62 + (uint)value);
        }

        return number + 1;
    }

    private void Silently(Action read)
    {
        bool wasSilent = _isSilent;
        _isSilent = true;
        read();
        _isSilent = wasSilent;
    }

    private void Write(string text)
    {
        if (!_isSilent) _name.Add(text);
    }

    private char Peek() => _at < _text.Length ? _text[_at] : '\0';

    private char Next()
    {
        if (_at >= _text.Length) NameWriter.Malformed();
        return _text[_at++];
    }

    private bool Accept(char character)
    {
        if (Peek() != character) return false;
        _at++;
        return true;
    }

    private void Enter()
    {
        if (++_depth > Deepest) NameWriter.Malformed();
    }
}
