// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Ruche.Symbols.Demangling.Rust;

internal sealed partial class RustParser
{
    private static string? Basic(char letter) => letter switch
    {
        'a' => "i8",
        'b' => "bool",
        'c' => "char",
        'd' => "f64",
        'e' => "str",
        'f' => "f32",
        'h' => "u8",
        'i' => "isize",
        'j' => "usize",
        'l' => "i32",
        'm' => "u32",
        'n' => "i128",
        'o' => "u128",
        'p' => "_",
        's' => "i16",
        't' => "u16",
        'u' => "()",
        'v' => "...",
        'x' => "i64",
        'y' => "u64",
        'z' => "!",
        _ => null,
    };

    private void Type()
    {
        Enter();
        char letter = Next();
        if (Basic(letter) is { } basic) Write(basic);
        else DerivedType(letter);
        _depth--;
    }

    private void DerivedType(char letter)
    {
        switch (letter)
        {
            case 'R' or 'Q':
                Write("&");
                if (Accept('L') && Number() is var lifetime and not 0)
                {
                    Lifetime(lifetime);
                    Write(" ");
                }

                if (letter == 'Q') Write("mut ");
                Type();
                break;
            case 'P' or 'O':
                Write(letter == 'P' ? "*const " : "*mut ");
                Type();
                break;
            case 'A' or 'S':
                Write("[");
                Type();
                if (letter == 'A')
                {
                    Write("; ");
                    Constant();
                }

                Write("]");
                break;
            case 'T':
                Write("(");
                if (List(Type) == 1) Write(",");
                Write(")");
                break;
            case 'F':
                Bound(FunctionType);
                break;
            case 'D':
                DynamicType();
                break;
            case 'B':
                BackReference(Type);
                break;
            default:
                _at--;
                Path(isValue: false);
                break;
        }
    }

    private void FunctionType()
    {
        if (Accept('U')) Write("unsafe ");
        if (Accept('K'))
        {
            string convention = Accept('C') ? "C" : Identifier().Replace('_', '-');
            Write($"extern \"{convention}\" ");
        }

        Write("fn(");
        List(Type);
        Write(")");
        if (Accept('u')) return;
        Write(" -> ");
        Type();
    }

    private void DynamicType()
    {
        Write("dyn ");
        Bound(() =>
        {
            bool isFirst = true;
            while (!Accept('E'))
            {
                if (!isFirst) Write(" + ");
                isFirst = false;
                DynamicTrait();
            }
        });
        if (!Accept('L')) NameWriter.Malformed();
        if (Number() is var lifetime and not 0)
        {
            Write(" + ");
            Lifetime(lifetime);
        }
    }

    private void DynamicTrait()
    {
        bool isOpen = TraitWithOpenArguments();
        while (Accept('p'))
        {
            Write(isOpen ? ", " : "<");
            isOpen = true;
            Write(Identifier());
            Write(" = ");
            Type();
        }

        if (isOpen) Write(">");
    }

    /// <summary>A trait whose arguments may be followed by associated types; says whether the bracket is still open.</summary>
    private bool TraitWithOpenArguments()
    {
        Enter();
        bool isOpen = false;
        if (Accept('B'))
        {
            BackReference(() => isOpen = TraitWithOpenArguments());
        }
        else if (Accept('I'))
        {
            Path(isValue: false);
            Write("<");
            Arguments();
            isOpen = true;
        }
        else
        {
            Path(isValue: false);
        }

        _depth--;
        return isOpen;
    }

    /// <summary>Something in which lifetimes are declared.</summary>
    private void Bound(Action read)
    {
        int outer = _lifetimes;
        if (Accept('G'))
        {
            ulong count = Number() + 1;
            if (count > 256) NameWriter.Malformed();
            Write("for<");
            for (ulong i = 0; i < count; i++)
            {
                if (i > 0) Write(", ");
                _lifetimes++;
                Lifetime(1);
            }

            Write("> ");
        }

        read();
        _lifetimes = outer;
    }

    // Lifetimes are counted from the innermost that is declared.
    private void Lifetime(ulong index)
    {
        Write("'");
        if (index == 0)
        {
            Write("_");
            return;
        }

        if (index > (ulong)_lifetimes) NameWriter.Malformed();
        int depth = _lifetimes - (int)index;
        Write(depth < 26 ? $"{(char)('a' + depth)}" : $"_{depth}");
    }

    private void Constant()
    {
        Enter();
        char type = Next();
        switch (type)
        {
            case 'p':
                Write("_");
                break;
            case 'B':
                BackReference(Constant);
                break;
            case 'b':
                Write(Hex() switch { "0" => "false", "1" => "true", _ => throw new FormatException("a truth value was expected") });
                break;
            case 'c':
                Write(Quoted(Hex()));
                break;
            case 'a' or 's' or 'l' or 'x' or 'n' or 'i' or 'h' or 't' or 'm' or 'y' or 'o' or 'j':
                if (Accept('n')) Write("-");
                string digits = Hex();
                Write(digits.Length > 16
                    ? $"0x{digits}"
                    : string.Create(CultureInfo.InvariantCulture, $"{ulong.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)}"));
                break;
            default:
                NameWriter.Malformed();
                break;
        }

        _depth--;
    }

    private string Hex()
    {
        int start = _at;
        while (Peek() is >= '0' and <= '9' or >= 'a' and <= 'f') _at++;
        string digits = _text[start.._at].TrimStart('0');
        if (!Accept('_')) NameWriter.Malformed();
        return digits.Length == 0 ? "0" : digits;
    }

    private static string Quoted(string digits)
    {
        bool isNumber = int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code);
        if (!isNumber || !Rune.IsValid(code)) NameWriter.Malformed();
        return code switch
        {
            '\t' => @"'\t'",
            '\r' => @"'\r'",
            '\n' => @"'\n'",
            '\'' => @"'\''",
            '\\' => @"'\\'",
            < 0x20 or 0x7f => $@"'\u{{{code:x}}}'",
            _ => $"'{new Rune(code)}'",
        };
    }
}
