// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Trace.Syntax;

namespace Ruche.Trace.Output.Formats;

/// <summary>Finds bytes of a string in the literal that a script writes it as, quotes and escapes included.</summary>
internal static class FormatLiteral
{
    /// <summary>The characters of the literal that stand for some of its bytes.</summary>
    public static SourceSpan SpanOf(string literal, int start, int length)
    {
        int from = CharacterOf(literal, start);
        return SourceSpan.Between(from, CharacterOf(literal, start + length));
    }

    private static int CharacterOf(string literal, int position)
    {
        int at = 1;
        while (position > 0 && at < literal.Length - 1)
        {
            if (literal[at] == '\\')
            {
                at += EscapeLength(literal.AsSpan(at));
                position--;
            }
            else
            {
                Rune.DecodeFromUtf16(literal.AsSpan(at), out var rune, out int characters);
                at += characters;
                position -= rune.Utf8SequenceLength;
            }
        }

        return at;
    }

    private static int EscapeLength(ReadOnlySpan<char> escape)
    {
        if (escape.Length < 2) return escape.Length;
        bool isHex = escape[1] == 'x';
        int most = isHex || char.IsAsciiDigit(escape[1]) ? 4 : 2;
        int length = 2;
        while (length < Math.Min(most, escape.Length) && (isHex ? char.IsAsciiHexDigit(escape[length]) : escape[length] is >= '0' and <= '7')) length++;
        return length;
    }
}
