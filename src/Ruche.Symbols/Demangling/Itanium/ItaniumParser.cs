// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Demangling.Itanium;

/// <summary>
/// Takes names apart that are mangled as the Itanium C++ ABI describes it, and writes them as c++filt does. A name that is not so mangled ends
/// in a <see cref="FormatException"/>.
/// </summary>
internal sealed partial class ItaniumParser
{
    private const int Deepest = 256;
    private const int LongestNumber = 9;

    private readonly string _text;
    private readonly List<Node> _substitutions = [];
    private List<Node> _arguments = [];
    private int _at;
    private int _depth;
    private bool _isInConversion;

    private ItaniumParser(string text, int start) => (_text, _at) = (text, start);

    private bool IsAtEnd => _at >= _text.Length || _text[_at] is 'E' or '.';

    /// <summary>Writes the name whose encoding starts at a place in the text.</summary>
    public static string Demangle(string text, int start)
    {
        ItaniumParser parser = new(text, start);
        var encoding = parser.Encoding(isScope: false);
        NodePrinter printer = new();
        printer.Print(encoding);
        parser.Clones(printer.Text);
        if (parser._at != text.Length) NameWriter.Malformed();
        return printer.Text.ToString();
    }

    private Node Encoding(bool isScope)
    {
        Enter();
        var outer = _arguments;
        var encoding = SpecialName() ?? Function();
        _depth--;

        // What is within a function may be named with the function's template parameters.
        if (!isScope) _arguments = outer;
        return encoding;
    }

    private Node Function()
    {
        _arguments = [];
        NameState state = new();
        var name = NameOf(state);
        if (IsAtEnd) return name;
        var arguments = _arguments;
        var result = state is { EndsWithArguments: true, HasNoResult: false } ? Type() : null;
        return new Node.Function(result, name, Parameters(), state.Qualifiers, arguments);
    }

    private List<Node> Parameters()
    {
        List<Node> parameters = [];
        while (!IsAtEnd && !IsReferenceQualifier()) parameters.Add(Type());
        if (parameters.Count == 0) NameWriter.Malformed();
        return parameters is [Node.Builtin { IsVoid: true }] ? [] : parameters;
    }

    // At the end of a function's type: "R" and "O" stand for types otherwise.
    private bool IsReferenceQualifier() => Peek() is 'R' or 'O' && Peek(1) == 'E';

    private Node.Special? SpecialName()
    {
        switch (Peek())
        {
            case 'T' when Peek(1) is not ('_' or >= '0' and <= '9'):
                _at++;
                return TableOrThunk(Next());
            case 'G':
                _at++;
                return GuardOrTemporary(Next());
            default:
                return null;
        }
    }

    private Node.Special TableOrThunk(char kind)
    {
        switch (kind)
        {
            case 'V': return new Node.Special("vtable for ", Type());
            case 'T': return new Node.Special("VTT for ", Type());
            case 'I': return new Node.Special("typeinfo for ", Type());
            case 'S': return new Node.Special("typeinfo name for ", Type());
            case 'F': return new Node.Special("typeinfo fn for ", Type());
            case 'H': return new Node.Special("TLS init function for ", NameOf(null));
            case 'W': return new Node.Special("TLS wrapper function for ", NameOf(null));
            case 'A': return new Node.Special("template parameter object for ", TemplateArgument());
            case 'C':
                var whole = Type();
                Number();
                Expect('_');
                return new Node.Special("construction vtable for ", Type(), whole);
            case 'h':
                _at--;
                CallOffset();
                return new Node.Special("non-virtual thunk to ", Encoding(isScope: false));
            case 'v':
                _at--;
                CallOffset();
                return new Node.Special("virtual thunk to ", Encoding(isScope: false));
            case 'c':
                CallOffset();
                CallOffset();
                return new Node.Special("covariant return thunk to ", Encoding(isScope: false));
            default:
                throw new FormatException("what the name is of is not known");
        }
    }

    private Node.Special GuardOrTemporary(char kind)
    {
        switch (kind)
        {
            case 'V': return new Node.Special("guard variable for ", NameOf(null));
            case 'A': return new Node.Special("hidden alias for ", Encoding(isScope: false));
            case 'R':
                var name = NameOf(null);
                int number = IsAtEnd ? 0 : SequenceNumber();
                return new Node.Special($"reference temporary #{number} for ", name);
            case 'T':
                string text = Next() == 'n' ? "non-transaction clone for " : "transaction clone for ";
                return new Node.Special(text, Encoding(isScope: false));
            default:
                throw new FormatException("what the name is of is not known");
        }
    }

    private void CallOffset()
    {
        bool isVirtual = Next() == 'v';
        Number();
        Expect('_');
        if (!isVirtual) return;
        Number();
        Expect('_');
    }

    /// <summary>Writes what compilers add to the names of parts and copies of functions.</summary>
    private void Clones(NameWriter text)
    {
        while (Peek() == '.' && (char.IsAsciiLetterLower(Peek(1)) || char.IsAsciiDigit(Peek(1)) || Peek(1) == '_'))
        {
            int start = _at;
            _at += 2;
            while (char.IsAsciiLetterLower(Peek()) || char.IsAsciiDigit(Peek()) || Peek() == '_') _at++;
            while (Peek() == '.' && char.IsAsciiDigit(Peek(1)))
            {
                _at += 2;
                while (char.IsAsciiDigit(Peek())) _at++;
            }

            text.Add($" [clone {_text.AsSpan(start, _at - start)}]");
        }
    }

    private char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

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

    private bool Accept(string characters)
    {
        if (!_text.AsSpan(Math.Min(_at, _text.Length)).StartsWith(characters)) return false;
        _at += characters.Length;
        return true;
    }

    private void Expect(char character)
    {
        if (!Accept(character)) NameWriter.Malformed();
    }

    /// <summary>A decimal number, negative after "n"; its digits are not limited.</summary>
    private ReadOnlySpan<char> Number()
    {
        Accept('n');
        return Digits();
    }

    private ReadOnlySpan<char> Digits()
    {
        int start = _at;
        while (char.IsAsciiDigit(Peek())) _at++;
        if (_at == start) NameWriter.Malformed();
        return _text.AsSpan(start, _at - start);
    }

    /// <summary>A number that counts something.</summary>
    private int Count()
    {
        var digits = Digits();
        if (digits.Length > LongestNumber) NameWriter.Malformed();
        return int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A number of base 36 and an underscore; none stands for 0, and 0 for 1.</summary>
    private int SequenceNumber()
    {
        if (Accept('_')) return 0;
        int number = 0;
        while (!Accept('_'))
        {
            char digit = Next();
            int value = char.IsAsciiDigit(digit) ? digit - '0' : char.IsAsciiLetterUpper(digit) ? digit - 'A' + 10 : -1;
            if (value < 0 || number > 1_000_000) NameWriter.Malformed();
            number = number * 36 + value;
        }

        return number + 1;
    }

    /// <summary>A decimal number and an underscore; none stands for 0, and 0 for 1.</summary>
    private int Ordinal()
    {
        if (Accept('_')) return 0;
        int number = Count() + 1;
        Expect('_');
        return number;
    }

    private void Enter()
    {
        if (++_depth > Deepest) NameWriter.Malformed();
    }
}
