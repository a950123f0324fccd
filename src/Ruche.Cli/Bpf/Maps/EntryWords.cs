// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Maps;

/// <summary>
/// Reads keys and values out of words: as bytes (<c>1 0 0 0</c>, <c>0x1 0x0</c>, <c>hex 01 00</c>), or as one word that is a number, a text or JSON,
/// which is laid out by the map's types, or little-endian in as many bytes as there are.
/// </summary>
internal static class EntryWords
{
    /// <summary>The bytes that some words stand for.</summary>
    /// <param name="words">The command's words, for its errors.</param>
    /// <param name="text">The words of the key or value.</param>
    /// <param name="size">How many bytes it has.</param>
    /// <param name="what"><c>key</c> or <c>value</c>.</param>
    /// <param name="types">The map's types, if known.</param>
    /// <param name="type">The type of the key or value; 0 when unknown.</param>
    public static byte[] Read(CommandWords words, List<string> text, int size, string what, MapTypes? types, int type)
    {
        if (text.Count == 0) throw words.Refuse($"the {what} is empty");
        bool isHex = text[0] == "hex";
        if (isHex) return Bytes(words, text[1..], size, what, isHex: true);
        if (text.Count > 1 || size == 1 && byte.TryParse(text[0], NumberStyles.None, CultureInfo.InvariantCulture, out _)) return Bytes(words, text, size, what, isHex: false);
        if (types is not null && type != 0) return Typed(text[0], size, what, types, type);
        return Whole(text[0], size) ?? throw words.Refuse($"the {what} '{text[0]}' is not a number that fits {size} bytes");
    }

    private static byte[] Typed(string text, int size, string what, MapTypes types, int type)
    {
        byte[] bytes = new byte[size];
        try
        {
            new TypedBytes(types.Spec).Write(type, text, bytes);
            return bytes;
        }
        catch (FormatException e)
        {
            throw new CommandFailure(ExitCode.Usage, $"the {what} '{text}' is no {types.Spec.TypeNameOf(type)}: {e.Message}");
        }
    }

    private static byte[] Bytes(CommandWords words, List<string> text, int size, string what, bool isHex)
    {
        if (text.Count != size) throw words.Refuse($"the {what} has {size} bytes, but {text.Count} were given");
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++)
        {
            string digits = isHex && !text[i].StartsWith("0x", StringComparison.Ordinal) ? "0x" + text[i] : text[i];
            if (!Numbers.TryParse(digits, out ulong number) || number > byte.MaxValue) throw words.Refuse($"'{text[i]}' is not a byte");
            bytes[i] = (byte)number;
        }

        return bytes;
    }

    private static byte[]? Whole(string text, int size)
    {
        bool isNegative = text.StartsWith('-');
        if (!Numbers.TryParse(isNegative ? text.AsSpan(1) : text, out ulong number)) return null;
        if (size < sizeof(ulong) && number >> (size * 8 - (isNegative ? 1 : 0)) != 0) return null;
        byte[] bytes = new byte[Math.Max(size, sizeof(ulong))];
        if (isNegative) bytes.AsSpan().Fill(byte.MaxValue);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, isNegative ? unchecked(0 - number) : number);
        return bytes[..size];
    }
}
