// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Trace.Diagnostics;

namespace Ruche.Trace.Output.Formats;

/// <summary>Reads a format's conversions, as C writes them, and what stands between.</summary>
internal sealed class FormatReader
{
    // What is wider is a mistake, and each event would pay for it.
    private const int MostWidth = 4096;

    private readonly byte[] _format;
    private readonly List<FormatProblem> _problems;
    private readonly List<FormatPiece> _pieces = [];
    private readonly ArrayBufferWriter<byte> _literal = new();
    private int _at;

    private FormatReader(byte[] format, List<FormatProblem> problems)
    {
        _format = format;
        _problems = problems;
    }

    /// <summary>The pieces of a format; the last has no conversion.</summary>
    public static IReadOnlyList<FormatPiece> Read(ReadOnlySpan<byte> format, List<FormatProblem> problems)
    {
        FormatReader reader = new(format.ToArray(), problems);
        reader.ReadAll();
        return reader._pieces;
    }

    private void ReadAll()
    {
        while (_at < _format.Length)
        {
            int percent = _format.AsSpan(_at).IndexOf((byte)'%');
            int end = percent < 0 ? _format.Length : _at + percent;
            _literal.Write(_format.AsSpan(_at, end - _at));
            _at = end;
            if (percent >= 0) ReadConversion();
        }

        _pieces.Add(new(_literal.WrittenSpan.ToArray(), null, _at, 0));
    }

    private void ReadConversion()
    {
        int start = _at++;
        var flags = ReadFlags();
        bool isTaken = Next == '*';
        int width = ReadNumber(), precision = -1;
        if (Next == '.')
        {
            _at++;
            isTaken |= Next == '*';
            precision = ReadNumber();
        }

        int bits = ReadLength();
        // What is no letter belongs to the text that follows.
        char letter = Next is > ' ' and < '\x7f' ? Next : '\0';
        if (letter != '\0') _at++;
        var kind = letter == 'r' ? ReadBytesKind() : KindOf(letter);
        if (letter == '%') _literal.Write("%"u8);
        else if (isTaken) Report(start, $"'{TextOf(start)}' takes a width or precision from the arguments, which no format of a script can");
        else if (Math.Max(width, precision) > MostWidth) Report(start, $"'{TextOf(start)}' is wider than {MostWidth}");
        else if (kind is { } known) Add(new(known, flags, width, precision, known is ConversionKind.Pointer ? 64 : bits), start);
        else Refuse(start, letter);
    }

    private char Next => _at < _format.Length ? (char)_format[_at] : '\0';

    private void Add(Conversion conversion, int start)
    {
        _pieces.Add(new(_literal.WrittenSpan.ToArray(), conversion, start, _at - start));
        _literal.ResetWrittenCount();
    }

    private ConversionFlags ReadFlags()
    {
        var flags = ConversionFlags.None;
        while (Next != '\0' && "-+ #0".IndexOf(Next, StringComparison.Ordinal) is >= 0 and var flag)
        {
            flags |= (ConversionFlags)(1 << flag);
            _at++;
        }

        return flags;
    }

    private int ReadNumber()
    {
        int number = 0;
        if (Next == '*') _at++;
        for (; char.IsAsciiDigit(Next); _at++) number = Math.Min((number * 10) + (Next - '0'), MostWidth + 1);
        return number;
    }

    // Of a long double, L is taken for a long number, as bpftrace takes it.
    private int ReadLength()
    {
        int start = _at;
        while (Next is 'h' or 'l' or 'L' or 'j' or 'z' or 't') _at++;
        return Encoding.ASCII.GetString(_format, start, _at - start) switch
        {
            "" => 32,
            "hh" => 8,
            "h" => 16,
            _ => 64,
        };
    }

    private ConversionKind ReadBytesKind()
    {
        if (Next is not ('h' or 'x')) return ConversionKind.Bytes;
        return (char)_format[_at++] == 'h' ? ConversionKind.HexBytes : ConversionKind.EscapedBytes;
    }

    private static ConversionKind? KindOf(char letter) => letter switch
    {
        'd' or 'i' => ConversionKind.Signed,
        'u' => ConversionKind.Unsigned,
        'o' => ConversionKind.Octal,
        'x' => ConversionKind.Hex,
        'X' => ConversionKind.UpperHex,
        'c' => ConversionKind.Character,
        'p' => ConversionKind.Pointer,
        's' => ConversionKind.Value,
        _ => null,
    };

    private void Refuse(int start, char letter)
    {
        if (letter is 'e' or 'E' or 'f' or 'F' or 'g' or 'G' or 'a' or 'A' or 'n')
        {
            Report(start, $"'{TextOf(start)}' is a conversion of C that scripts do not have");
            return;
        }

        _literal.Write(_format.AsSpan(start, _at - start));
        _problems.Add(new(TraceDiagnostics.StrayPercent, Severity.Warning,
            $"'{TextOf(start)}' is no conversion and is printed as it is; write %% for a percent sign", start, _at - start));
    }

    private void Report(int start, string message) =>
        _problems.Add(new(TraceDiagnostics.UnsupportedConversion, Severity.Error, message, start, _at - start));

    private string TextOf(int start) => Encoding.UTF8.GetString(_format, start, _at - start);
}
