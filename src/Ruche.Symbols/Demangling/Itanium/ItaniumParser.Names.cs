// SPDX-License-Identifier: MIT
namespace Ruche.Symbols.Demangling.Itanium;

internal sealed partial class ItaniumParser
{
    private static readonly Node Std = new Node.Name("std");

    /// <summary>The name of a function, when there is a state to tell of it, or of a type.</summary>
    private Node NameOf(NameState? state)
    {
        Accept('L');
        if (Peek() == 'N') return Nested(state);
        if (Peek() == 'Z') return Local(state);
        if (Peek() == 'S' && Peek(1) != 't')
        {
            var known = Substitution();
            return Peek() == 'I' ? WithArguments(known, state) : known;
        }

        bool isStd = Accept("St");
        var name = Unqualified(null, state);
        if (isStd) name = new Node.Scoped(Std, name);
        if (Peek() != 'I') return name;
        _substitutions.Add(name);
        return WithArguments(name, state);
    }

    private Node.Template WithArguments(Node name, NameState? state)
    {
        var arguments = TemplateArguments(isOfFunction: state is not null);
        if (state is not null) state.EndsWithArguments = true;
        return new(name, arguments);
    }

    private Node Nested(NameState? state)
    {
        Enter();
        Expect('N');
        Accept('H');
        string qualifiers = Qualifiers();
        if (Accept('R')) qualifiers += " &";
        else if (Accept('O')) qualifiers += " &&";
        if (state is not null) state.Qualifiers = qualifiers;

        Node? scope = null;
        bool isAdded = false;
        while (!Accept('E'))
        {
            scope = Component(scope, state, ref isAdded);

            // Of the whole name only the type it may be is something to refer back to.
            if (isAdded) _substitutions.Add(scope);
        }

        if (scope is null) NameWriter.Malformed();
        if (isAdded) _substitutions.RemoveAt(_substitutions.Count - 1);
        _depth--;
        return scope;
    }

    private Node Component(Node? scope, NameState? state, ref bool isAdded)
    {
        isAdded = true;
        if (state is not null && Peek() is not 'I') state.EndsWithArguments = false;
        switch (Peek())
        {
            case 'S' when scope is null:
                isAdded = false;
                return Accept("St") ? Std : Substitution();
            case 'T' when scope is null:
                return TemplateParameter();
            case 'D' when scope is null && Peek(1) is 't' or 'T':
                return Decltype();
            case 'I' when scope is not null:
                return WithArguments(scope, state);
            case 'M' when scope is not null:
                _at++;
                isAdded = false;
                return scope;
            default:
                return Member(scope, state);
        }
    }

    private Node Member(Node? scope, NameState? state)
    {
        var type = scope;
        if (scope is Node.Abbreviation abbreviation && Peek() is 'C' or 'D') scope = abbreviation.Long;
        var name = Unqualified(type, state);
        return scope is null ? name : new Node.Scoped(scope, name);
    }

    private Node Local(NameState? state)
    {
        Enter();
        Expect('Z');
        var encoding = Encoding(isScope: state is not null);
        Node scope = encoding is Node.Function function ? function.WithoutResult : encoding;
        Expect('E');
        Node result;
        if (Accept('s'))
        {
            Discriminator();
            result = new Node.Scoped(scope, new Node.Name("string literal"));
        }
        else if (Accept('d'))
        {
            int number = Ordinal() + 1;
            result = new Node.Scoped(scope, new Node.Scoped(new Node.Name($"{{default arg#{number}}}"), NameOf(state)));
        }
        else
        {
            result = new Node.Scoped(scope, NameOf(state));
            Discriminator();
        }

        _depth--;
        return result;
    }

    // Tells functions' variables of one name apart; nobody writes it.
    private void Discriminator()
    {
        if (Peek() != '_') return;
        if (Peek(1) == '_' && char.IsAsciiDigit(Peek(2)))
        {
            _at += 2;
            Digits();
            Accept('_');
        }
        else if (char.IsAsciiDigit(Peek(1)))
        {
            _at += 2;
        }
    }

    private Node Unqualified(Node? type, NameState? state)
    {
        Accept('L');
        Node name = Peek() switch
        {
            >= '0' and <= '9' => new Node.Name(SourceName()),
            'C' when type is not null => Constructor(type, state),
            'D' when type is not null && char.IsAsciiDigit(Peek(1)) => Destructor(type, state),
            'D' when Accept("DC") => StructuredBinding(),
            'U' when Accept("Ut") => new Node.Name($"{{unnamed type#{Ordinal() + 1}}}"),
            'U' when Accept("Ul") => Lambda(),
            >= 'a' and <= 'z' => OperatorName(state),
            _ => throw new FormatException("a name was expected"),
        };
        while (Accept('B')) name = new Node.Tagged(name, SourceName());
        return name;
    }

    private string SourceName()
    {
        int length = Count();
        if (length == 0 || length > _text.Length - _at) NameWriter.Malformed();
        string name = _text.Substring(_at, length);
        _at += length;
        bool isAnonymous = name.Length >= 10 && name.StartsWith("_GLOBAL_", StringComparison.Ordinal) && name[8] is '.' or '_' or '$' && name[9] == 'N';
        return isAnonymous ? "(anonymous namespace)" : name;
    }

    private Node.Structor Constructor(Node type, NameState? state)
    {
        Expect('C');
        bool isInherited = Accept('I');
        if (!char.IsAsciiDigit(Next())) NameWriter.Malformed();
        if (state is not null) state.HasNoResult = true;
        return new(isInherited ? Type().Base : type.Base, isDestructor: false);
    }

    private Node.Structor Destructor(Node type, NameState? state)
    {
        _at += 2;
        if (state is not null) state.HasNoResult = true;
        return new(type.Base, isDestructor: true);
    }

    private Node.Binding StructuredBinding()
    {
        List<Node> names = [];
        while (!Accept('E')) names.Add(new Node.Name(SourceName()));
        return new(names);
    }

    private Node.Lambda Lambda()
    {
        List<Node> head = [];
        int types = 0, values = 0;
        while (Peek() == 'T' && Peek(1) is 'y' or 'n' or 'p')
        {
            _at++;
            string kind = Accept('p') ? "..." : "";
            head.Add(Next() == 'y' ? new Node.Declaration(null, kind, $"$T{types++}") : new Node.Declaration(Type(), kind, $"$N{values++}"));
        }

        var parameters = Parameters();
        Expect('E');
        return new(head, parameters, Ordinal() + 1);
    }

    private Node OperatorName(NameState? state)
    {
        if (Accept("cv"))
        {
            if (state is not null) state.HasNoResult = true;

            // Its type may name template parameters whose arguments follow.
            bool wasInConversion = _isInConversion;
            _isInConversion = state is not null;
            var type = Type();
            _isInConversion = wasInConversion;
            return new Node.Conversion(type);
        }

        if (Accept("li")) return new Node.Name($"operator\"\" {SourceName()}");
        if (Peek() == 'v' && char.IsAsciiDigit(Peek(1)))
        {
            _at += 2;
            return new Node.Name($"operator {SourceName()}");
        }

        if (!Operators.TryFind(Peek(), Peek(1), out string text, out _)) NameWriter.Malformed();
        _at += 2;
        text = text.TrimEnd();
        return new Node.Name(char.IsAsciiLetter(text[0]) ? $"operator {text}" : $"operator{text}");
    }

    private Node Substitution()
    {
        Expect('S');
        Node? known = Peek() switch
        {
            'a' => new Node.Abbreviation("std::allocator", "std::allocator", "allocator"),
            'b' => new Node.Abbreviation("std::basic_string", "std::basic_string", "basic_string"),
            's' => Stream("std::string", "basic_string", ", std::allocator<char>"),
            'i' => Stream("std::istream", "basic_istream"),
            'o' => Stream("std::ostream", "basic_ostream"),
            'd' => Stream("std::iostream", "basic_iostream"),
            _ => null,
        };
        if (known is not null)
        {
            _at++;
            if (Peek() != 'B') return known;
            while (Accept('B')) known = new Node.Tagged(known, SourceName());
            _substitutions.Add(known);
            return known;
        }

        int index = SequenceNumber();
        if (index >= _substitutions.Count) NameWriter.Malformed();
        return _substitutions[index];
    }

    private static Node.Abbreviation Stream(string text, string name, string more = "") =>
        new(text, $"std::{name}<char, std::char_traits<char>{more} >", name);
}
