// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Ruche.Trace.Parsing;

/// <summary>The bytes that a string in quotes stands for: UTF-8, and what follows backslashes.</summary>
internal readonly record struct StringLiteral(ImmutableArray<byte> Bytes, bool IsClosed, int? BadEscape)
{
    /// <summary>
    /// Reads a text that begins with a quote. <see cref="BadEscape"/> is where its first meaningless backslash stands.
    /// </summary>
    public static StringLiteral Read(string text)
    {
        int? badEscape = null;
        int at = 1;
        ArrayBufferWriter<byte> bytes = new(text.Length);
        while (at < text.Length && text[at] != '"')
        {
            int plain = text.AsSpan(at).IndexOfAny('\\', '"');
            int end = plain < 0 ? text.Length : at + plain;
            Encoding.UTF8.GetBytes(text.AsSpan(at, end - at), bytes);
            at = end;
            if (at == text.Length || text[at] == '"') break;

            int length = Escape(text.AsSpan(at + 1), out byte value);
            if (length == 0) badEscape ??= at;
            else bytes.Write([value]);
            at += 1 + Math.Max(1, length);
        }

        return new([.. bytes.WrittenSpan], at < text.Length, badEscape);
    }

    /// <summary>How many characters after the backslash belong to it; none when it has no meaning.</summary>
    private static int Escape(ReadOnlySpan<char> rest, out byte value)
    {
        value = 0;
        if (rest.Length == 0) return 0;
        if (rest[0] == 'x') return Digits(rest[1..], 2, 16, out value) is > 0 and var hex ? 1 + hex : 0;
        if (char.IsAsciiDigit(rest[0])) return Digits(rest, 3, 8, out value);
        int simple = "ntrabfve\\\"".IndexOf(rest[0], StringComparison.Ordinal);
        if (simple < 0) return 0;
        value = "\n\t\r\a\b\f\v\e\\\""u8[simple];
        return 1;
    }

    private static int Digits(ReadOnlySpan<char> rest, int most, int radix, out byte value)
    {
        int count = 0, total = 0;
        while (count < most && count < rest.Length && char.IsAsciiHexDigit(rest[count])
            && Convert.ToInt32(rest[count].ToString(), 16) is var digit && digit < radix)
        {
            total = (total * radix) + digit;
            count++;
        }

        value = (byte)total;
        return total <= byte.MaxValue ? count : 0;
    }
}
