// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Text;

namespace Ruche.Trace.Output;

/// <summary>Text and numbers in JSON.</summary>
internal static class JsonText
{
    // What a number of JSON holds exactly, in readers that have but one kind of number.
    private const int ExactBits = 53;

    private const int MostOnStack = 256;

    /// <summary>A number; in quotes when a 64-bit floating-point number could not hold it.</summary>
    public static void AppendNumber(OutputBuffer buffer, long value)
    {
        bool isExact = IsExact(value < 0 ? 0UL - (ulong)value : (ulong)value);
        if (!isExact) buffer.Append((byte)'"');
        buffer.AppendDecimal(value);
        if (!isExact) buffer.Append((byte)'"');
    }

    /// <inheritdoc cref="AppendNumber(OutputBuffer, long)"/>
    public static void AppendNumber(OutputBuffer buffer, ulong value)
    {
        bool isExact = IsExact(value);
        if (!isExact) buffer.Append((byte)'"');
        buffer.AppendDecimal(value);
        if (!isExact) buffer.Append((byte)'"');
    }

    public static void AppendString(OutputBuffer buffer, ReadOnlySpan<char> text)
    {
        buffer.Append((byte)'"');
        int start = buffer.Length;
        buffer.Append(text);
        EscapeSince(buffer, start);
        buffer.Append((byte)'"');
    }

    public static void AppendString(OutputBuffer buffer, ReadOnlySpan<byte> text)
    {
        buffer.Append((byte)'"');
        int start = buffer.Length;
        buffer.Append(text);
        EscapeSince(buffer, start);
        buffer.Append((byte)'"');
    }

    /// <summary>
    /// Escapes what was appended since a length. Bytes that are no UTF-8, which JSON cannot hold, become the replacement character.
    /// </summary>
    public static void EscapeSince(OutputBuffer buffer, int start)
    {
        int plain = PlainLength(buffer.Written[start..]);
        if (start + plain == buffer.Length) return;
        var written = buffer.Written[(start + plain)..];
        Span<byte> rest = written.Length <= MostOnStack ? stackalloc byte[MostOnStack] : new byte[written.Length];
        written.CopyTo(rest);
        rest = rest[..written.Length];
        buffer.Truncate(start + plain);
        for (int at = 0; at < rest.Length;)
        {
            Rune.DecodeFromUtf8(rest[at..], out var rune, out int length);
            AppendEscaped(buffer, rune);
            at += length;
        }
    }

    private static int PlainLength(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is < 0x20 or (byte)'"' or (byte)'\\' or >= 0x80) return i;
        }

        return text.Length;
    }

    private static void AppendEscaped(OutputBuffer buffer, Rune rune)
    {
        switch (rune.Value)
        {
            case '"': buffer.Append("\\\""u8); break;
            case '\\': buffer.Append("\\\\"u8); break;
            case '\n': buffer.Append("\\n"u8); break;
            case '\r': buffer.Append("\\r"u8); break;
            case '\t': buffer.Append("\\t"u8); break;
            case < 0x20:
                buffer.Append("\\u00"u8);
                buffer.AppendHexByte((byte)rune.Value);
                break;
            default:
                Span<byte> encoded = stackalloc byte[4];
                buffer.Append(encoded[..rune.EncodeToUtf8(encoded)]);
                break;
        }
    }

    private static bool IsExact(ulong magnitude) =>
        magnitude == 0 || 64 - BitOperations.LeadingZeroCount(magnitude) - BitOperations.TrailingZeroCount(magnitude) <= ExactBits;
}
