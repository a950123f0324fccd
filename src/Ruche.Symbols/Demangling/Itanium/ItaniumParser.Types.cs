// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Demangling.Itanium;

internal sealed partial class ItaniumParser
{
    private static readonly Dictionary<char, Node> Builtins = new()
    {
        ['a'] = new Node.Builtin("signed char"),
        ['b'] = new Node.Builtin("bool"),
        ['c'] = new Node.Builtin("char"),
        ['d'] = new Node.Builtin("double"),
        ['e'] = new Node.Builtin("long double"),
        ['f'] = new Node.Builtin("float"),
        ['g'] = new Node.Builtin("__float128"),
        ['h'] = new Node.Builtin("unsigned char"),
        ['i'] = new Node.Builtin("int", ""),
        ['j'] = new Node.Builtin("unsigned int", "u"),
        ['l'] = new Node.Builtin("long", "l"),
        ['m'] = new Node.Builtin("unsigned long", "ul"),
        ['n'] = new Node.Builtin("__int128"),
        ['o'] = new Node.Builtin("unsigned __int128"),
        ['s'] = new Node.Builtin("short"),
        ['t'] = new Node.Builtin("unsigned short"),
        ['v'] = new Node.Builtin("void"),
        ['w'] = new Node.Builtin("wchar_t"),
        ['x'] = new Node.Builtin("long long", "ll"),
        ['y'] = new Node.Builtin("unsigned long long", "ull"),
        ['z'] = new Node.Builtin("..."),
    };

    private Node Type()
    {
        Enter();
        if (Builtins.TryGetValue(Peek(), out var type))
        {
            _at++;
        }
        else
        {
            type = DerivedType(out bool isNew);
            if (isNew) _substitutions.Add(type);
        }

        _depth--;
        return type;
    }

    private Node DerivedType(out bool isNew)
    {
        isNew = true;
        switch (Peek())
        {
            case 'r' or 'V' or 'K':
                string qualifiers = Qualifiers();
                return IsAtFunctionType() ? FunctionType(qualifiers) : new Node.Qualified(Type(), qualifiers);
            case 'U': return VendorQualified();
            case 'u':
                _at++;
                return new Node.Name(SourceName());
            case 'F': return FunctionType("");
            case 'A': return ArrayType();
            case 'M':
                _at++;
                var owner = Type();
                return new Node.MemberPointer(owner, Type());
            case 'P' or 'R' or 'O':
                string mark = Next() switch { 'P' => "*", 'R' => "&", _ => "&&" };
                return new Node.Pointer(Type(), mark);
            case 'C' or 'G':
                string part = Next() == 'C' ? " _Complex" : " _Imaginary";
                return new Node.Qualified(Type(), part);
            case 'D': return TypeOfTwoLetters(out isNew);
            case 'S' when Peek(1) != 't': return ReferredType(out isNew);
            case 'T' when Peek(1) is not ('s' or 'u' or 'e'): return ParameterType();
            default:
                if (Peek() == 'T') _at += 2;
                return NameOf(null);
        }
    }

    private Node ReferredType(out bool isNew)
    {
        var known = Substitution();
        isNew = Peek() == 'I';
        return isNew ? new Node.Template(known, TemplateArguments(isOfFunction: false)) : known;
    }

    private Node ParameterType()
    {
        var parameter = TemplateParameter();

        // The arguments behind the type of a conversion are those of its own.
        if (Peek() != 'I' || _isInConversion) return parameter;
        _substitutions.Add(parameter);
        return new Node.Template(parameter, TemplateArguments(isOfFunction: false));
    }

    private string Qualifiers()
    {
        int start = _at;
        while (Peek() is 'r' or 'V' or 'K') _at++;
        string qualifiers = "";
        for (int i = _at - 1; i >= start; i--) qualifiers += _text[i] switch { 'K' => " const", 'V' => " volatile", _ => " restrict" };
        return qualifiers;
    }

    private Node.Qualified VendorQualified()
    {
        Expect('U');
        string name = SourceName();
        if (Peek() == 'I')
        {
            NodePrinter printer = new();
            printer.Print(TemplateArguments(isOfFunction: false));
            name += printer.Text;
        }

        return new(Type(), $" {name}");
    }

    private bool IsAtFunctionType() => Peek() == 'F' || Peek() == 'D' && Peek(1) is 'o' or 'O' or 'w' or 'x';

    private Node.FunctionType FunctionType(string qualifiers)
    {
        Node? thrown = null;
        string thrownAs = "";
        if (Accept("Dx")) qualifiers += " transaction_safe";
        if (Accept("Do"))
        {
            thrownAs = " noexcept";
        }
        else if (Accept("DO"))
        {
            (thrown, thrownAs) = (Expression(), " noexcept");
            Expect('E');
        }
        else if (Accept("Dw"))
        {
            (thrown, thrownAs) = (new Node.Listed(Parameters()), " throw");
            Expect('E');
        }

        Expect('F');
        Accept('Y');
        var result = Type();
        var parameters = Parameters();
        if (Accept('R')) qualifiers += " &";
        else if (Accept('O')) qualifiers += " &&";
        Expect('E');
        return new(result, parameters, qualifiers, thrown, thrownAs);
    }

    private Node.ArrayOf ArrayType()
    {
        Expect('A');
        Node? size = Peek() switch
        {
            '_' => null,
            >= '0' and <= '9' => new Node.Name(Digits().ToString()),
            _ => Expression(),
        };
        Expect('_');
        return new(Type(), size);
    }

    private Node TypeOfTwoLetters(out bool isNew)
    {
        isNew = true;
        if (IsAtFunctionType()) return FunctionType("");
        if (Peek(1) is 't' or 'T') return Decltype();
        Expect('D');
        switch (Next())
        {
            case 'p': return new Node.Expansion(Type());
            case 'v': return VectorType();
            case 'F': return FloatType(out isNew);
            case var letter:
                isNew = false;
                return letter switch
                {
                    'a' => new Node.Builtin("auto"),
                    'c' => new Node.Builtin("decltype(auto)"),
                    'd' => new Node.Builtin("decimal64"),
                    'e' => new Node.Builtin("decimal128"),
                    'f' => new Node.Builtin("decimal32"),
                    'h' => new Node.Builtin("half"),
                    'i' => new Node.Builtin("char32_t"),
                    'n' => new Node.Builtin("decltype(nullptr)"),
                    's' => new Node.Builtin("char16_t"),
                    'u' => new Node.Builtin("char8_t"),
                    _ => throw new FormatException("a type was expected"),
                };
        }
    }

    private Node.VectorOf VectorType()
    {
        Node size = char.IsAsciiDigit(Peek())
            ? new Node.Name(Digits().ToString())
            : Accept('_') ? Expression() : throw new FormatException("a size was expected");
        Expect('_');
        return new(Type(), size);
    }

    private Node.Builtin FloatType(out bool isNew)
    {
        isNew = false;
        string bits = Digits().ToString();
        if (Accept('b')) return new("std::bfloat16_t");
        if (Accept('x')) return new($"_Float{bits}x");
        Expect('_');
        return new($"_Float{bits}");
    }

    private Node.Wrapped Decltype()
    {
        _at += 2;
        var expression = Expression();
        Expect('E');
        return new("decltype (", expression, ")");
    }

    private Node.TemplateParameter TemplateParameter()
    {
        Expect('T');
        if (Accept('L'))
        {
            // Which of several nested lists it is in; the innermost is all that names outside of lambdas have.
            Ordinal();
        }

        return new Node.TemplateParameter(Ordinal());
    }

    private Node.Arguments TemplateArguments(bool isOfFunction)
    {
        Enter();
        Expect('I');
        List<Node> arguments = [];
        if (isOfFunction) _arguments = arguments;
        while (!Accept('E')) arguments.Add(TemplateArgument());
        _depth--;
        return new(arguments);
    }

    private Node TemplateArgument()
    {
        switch (Peek())
        {
            case 'X':
                _at++;
                var expression = Expression();
                Expect('E');
                return expression;
            case 'L':
                return Primary();
            case 'J' or 'I':
                _at++;
                List<Node> elements = [];
                while (!Accept('E')) elements.Add(TemplateArgument());
                return new Node.Pack(elements);
            default:
                return Type();
        }
    }
}
