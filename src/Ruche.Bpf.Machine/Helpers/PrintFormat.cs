// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;

namespace Ruche.Bpf.Machine.Helpers;

/// <summary>The formats that programs may print with: numbers of three sizes, characters, text and addresses. Text is bytes, one to a character.</summary>
internal ref struct PrintFormat
{
    private const int LongestText = 512;

    private readonly HelperCall _call;
    private readonly ReadOnlySpan<byte> _format;
    private readonly ReadOnlySpan<ulong> _values;
    private readonly StringBuilder _text = new();
    private int _at;
    private int _next;

    private PrintFormat(in HelperCall call, ReadOnlySpan<byte> format, ReadOnlySpan<ulong> values)
    {
        _call = call;
        _format = format;
        _values = values;
    }

    /// <summary>The text; null when the kernel refuses the format, or when it asks for more values than there are.</summary>
    public static string? Apply(in HelperCall call, ReadOnlySpan<byte> format, ReadOnlySpan<ulong> values)
    {
        PrintFormat print = new(call, format, values);
        return print.Apply() ? print._text.ToString() : null;
    }

    private bool Apply()
    {
        while (_at < _format.Length)
        {
            char letter = (char)_format[_at++];
            if (letter >= 0x80) return false;
            if (letter != '%') _text.Append(letter);
            else if (Peek() == '%') _text.Append((char)_format[_at++]);
            else if (!Value()) return false;
        }

        return true;
    }

    private readonly char Peek() => _at < _format.Length ? (char)_format[_at] : '\0';

    private bool Take(char letter)
    {
        if (Peek() != letter) return false;
        _at++;
        return true;
    }

    private bool Value()
    {
        bool isPadded = false, isLeft = false, isSigned = false, isSpaced = false;
        while (Peek() is '0' or ' ' or '+' or '-')
        {
            char flag = (char)_format[_at++];
            isPadded |= flag == '0';
            isLeft |= flag == '-';
            isSigned |= flag == '+';
            isSpaced |= flag == ' ';
        }

        int width = 0;
        while (char.IsAsciiDigit(Peek())) width = Math.Min((width * 10) + _format[_at++] - '0', LongestText);
        if (Peek() == '\0' || _next == _values.Length) return false;
        ulong value = _values[_next++];
        string? text = Take('p') ? Address(value) : Take('s') ? Text(value) : Take('c') ? ((char)(byte)value).ToString() : Integer(value, isSigned, isSpaced);
        if (text is null) return false;
        if (isLeft) _text.Append(text.PadRight(width));
        else if (isPadded && text is ['-' or '+', ..]) _text.Append(text[0]).Append(text[1..].PadLeft(width - 1, '0'));
        else _text.Append(text.PadLeft(width, isPadded ? '0' : ' '));
        return true;
    }

    private string? Integer(ulong value, bool isSigned, bool isSpaced)
    {
        bool isWide = Take('l');
        if (isWide) Take('l');
        ulong unsigned = isWide ? value : (uint)value;
        long signed = isWide ? (long)value : (int)value;
        string sign = signed < 0 ? "" : isSigned ? "+" : isSpaced ? " " : "";
        if (Take('d') || Take('i')) return sign + signed.ToString(CultureInfo.InvariantCulture);
        if (Take('u')) return unsigned.ToString(CultureInfo.InvariantCulture);
        if (Take('x')) return unsigned.ToString("x", CultureInfo.InvariantCulture);
        return Take('X') ? unsigned.ToString("X", CultureInfo.InvariantCulture) : null;
    }

    private readonly string Text(ulong address)
    {
        if (_call.TextLength(address, LongestText - 1) is not { } length || !_call.TryRead(address, length, out var text)) return "";
        return Encoding.Latin1.GetString(text);
    }

    private string? Address(ulong value)
    {
        if (Take('k') || Take('u')) return Take('s') ? Text(value) : null;
        if (Take('i')) return Internet(value, isPlain: true);
        if (Take('I')) return Internet(value, isPlain: false);
        if (Take('B') || Take('S') || Take('s')) return $"0x{value:x}";
        bool isHidden = !Take('x') && !Take('K');
        // What follows must end the word; the kernel shows a hash of an address, here it is the address.
        return char.IsAsciiLetterOrDigit(Peek()) ? null : value.ToString(isHidden ? "x16" : "x", CultureInfo.InvariantCulture);
    }

    private string? Internet(ulong address, bool isPlain)
    {
        if (Take('4')) return _call.TryRead(address, 4, out var four) ? isPlain ? string.Join('.', Padded(four)) : new IPAddress(four).ToString() : Internet4Missing(isPlain);
        if (!Take('6')) return null;
        if (!_call.TryRead(address, 16, out var six)) six = new byte[16];
        string[] words = new string[8];
        for (int i = 0; i < words.Length; i++) words[i] = BinaryPrimitives.ReadUInt16BigEndian(six[(i * 2)..]).ToString("x4", CultureInfo.InvariantCulture);
        return string.Join(isPlain ? "" : ":", words);
    }

    private static string Internet4Missing(bool isPlain) => isPlain ? "000.000.000.000" : "0.0.0.0";

    private static string[] Padded(ReadOnlySpan<byte> four)
    {
        string[] parts = new string[4];
        for (int i = 0; i < parts.Length; i++) parts[i] = four[i].ToString("000", CultureInfo.InvariantCulture);
        return parts;
    }
}
