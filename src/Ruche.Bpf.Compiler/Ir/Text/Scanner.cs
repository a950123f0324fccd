// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Compiler.Ir.Text;

/// <summary>Reads words, numbers and marks out of one line.</summary>
internal sealed class Scanner(string file, int line, string text)
{
    private int _at;

    public bool AtEnd
    {
        get
        {
            SkipBlanks();
            return _at == text.Length;
        }
    }

    [DoesNotReturn]
    public void Fail(string message) =>
        throw new InvalidObjectException(new Diagnostic(CompilerDiagnostics.BadText, Severity.Error, message, new Location.Text(file, line, _at + 1)));

    public bool TryTake(string mark)
    {
        SkipBlanks();
        if (!text.AsSpan(_at).StartsWith(mark, StringComparison.Ordinal)) return false;
        if (char.IsAsciiLetter(mark[^1]) && _at + mark.Length < text.Length && IsWordPart(text[_at + mark.Length])) return false;
        _at += mark.Length;
        return true;
    }

    public void Take(string mark)
    {
        if (!TryTake(mark)) Fail($"expected '{mark}'");
    }

    public bool Sees(char first)
    {
        SkipBlanks();
        return _at < text.Length && text[_at] == first;
    }

    public bool SeesNumber()
    {
        SkipBlanks();
        return _at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '-');
    }

    /// <summary>A name, with points and such as file sections have them.</summary>
    public string Word()
    {
        SkipBlanks();
        int start = _at;
        while (_at < text.Length && IsWordPart(text[_at])) _at++;
        if (_at == start) Fail("expected a name");
        return text[start.._at];
    }

    public string Name(char mark)
    {
        Take(mark.ToString());
        return Word();
    }

    public long Number()
    {
        SkipBlanks();
        int start = _at;
        if (_at < text.Length && text[_at] == '-') _at++;
        while (_at < text.Length && char.IsAsciiLetterOrDigit(text[_at])) _at++;
        var digits = text.AsSpan(start, _at - start);
        if (digits.StartsWith("0x") && ulong.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong bits)) return (long)bits;
        if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)) return number;
        if (ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out ulong large)) return (long)large;
        _at = start;
        Fail("expected a number");
        return 0;
    }

    /// <summary>Bytes as pairs of hexadecimal digits, no more than fit.</summary>
    public byte[] Bytes(int size)
    {
        string digits = Word();
        if (digits.Length % 2 != 0 || digits.Length > 2 * size || !digits.All(char.IsAsciiHexDigit)) Fail($"expected at most {size} bytes");
        return System.Convert.FromHexString(digits);
    }

    public string Quoted()
    {
        Take("\"");
        int end = text.IndexOf('"', _at);
        if (end < 0) Fail("a quotation has no end");
        string quoted = text[_at..end];
        _at = end + 1;
        return quoted;
    }

    public IrType Type()
    {
        string word = Word();
        switch (word)
        {
            case "void": return IrType.None;
            case "bool": return IrType.Bool;
            case "i8": return IrType.I8;
            case "i16": return IrType.I16;
            case "i32": return IrType.I32;
            case "i64": return IrType.I64;
            case "map": return IrType.AMap;
            case "function": return IrType.AFunction;
            default: break;
        }

        if (!word.StartsWith("ptr.", StringComparison.Ordinal) || !SpaceNames.TryFind(word[4..], out var space)) Fail($"'{word}' is no type");
        else if (!TryTake("<")) return IrType.PointerTo(space);
        else
        {
            string pointee = Word();
            Take(">");
            return IrType.PointerTo(space, pointee);
        }

        return IrType.None;
    }

    private static bool IsWordPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/' or '[' or ']' or '~';

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] == ' ') _at++;
    }
}
