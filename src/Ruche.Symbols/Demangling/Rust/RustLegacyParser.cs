// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Globalization;
using System.Text;

namespace Ruche.Symbols.Demangling.Rust;

/// <summary>Names that Rust mangled until 2025, like nested names of C++ with a hash as the last part, which is left out.</summary>
internal static class RustLegacyParser
{
    private const int HashLength = 17;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    private static readonly Dictionary<string, string> Escapes = new(StringComparer.Ordinal)
    {
        ["SP"] = "@",
        ["BP"] = "*",
        ["RF"] = "&",
        ["LT"] = "<",
        ["GT"] = ">",
        ["LP"] = "(",
        ["RP"] = ")",
        ["C"] = ",",
    };

    /// <summary>The name as people write it; null when it is not mangled so.</summary>
    public static string? TryDemangle(string text)
    {
        List<Range> parts = [];
        int at = 3;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            int length = 0;
            while (at < text.Length && char.IsAsciiDigit(text[at]) && length < text.Length) length = length * 10 + (text[at++] - '0');
            if (length == 0 || length > text.Length - at) return null;
            parts.Add(at..(at + length));
            at += length;
        }

        if (parts.Count < 2 || !IsEnd(text.AsSpan(at)) || !IsHash(text.AsSpan()[parts[^1]])) return null;
        StringBuilder name = new();
        foreach (var part in parts[..^1])
        {
            if (name.Length > 0) name.Append("::");
            if (!TryUnescape(text.AsSpan()[part], name)) return null;
        }

        return name.ToString();
    }

    // Compilers add ".cold" and the like.
    private static bool IsEnd(ReadOnlySpan<char> rest) => rest.Length > 0 && rest[0] == 'E' && (rest.Length == 1 || rest[1] == '.');

    private static bool IsHash(ReadOnlySpan<char> part) =>
        part.Length == HashLength && part[0] == 'h' && part[1..].IndexOfAnyExcept(HexDigits) < 0;

    private static bool TryUnescape(ReadOnlySpan<char> part, StringBuilder name)
    {
        // A name must not start with what an escape does.
        if (part.StartsWith("_$")) part = part[1..];
        while (part.Length > 0)
        {
            int used = 1;
            if (part[0] == '.')
            {
                used = part.StartsWith("..") ? 2 : 1;
                name.Append(used == 2 ? "::" : ".");
            }
            else if (part[0] == '$')
            {
                int end = part[1..].IndexOf('$');
                if (end < 0 || Unescaped(part.Slice(1, end)) is not { } character) return false;
                name.Append(character);
                used = end + 2;
            }
            else
            {
                name.Append(part[0]);
            }

            part = part[used..];
        }

        return true;
    }

    private static string? Unescaped(ReadOnlySpan<char> escape)
    {
        if (Escapes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(escape, out string? known)) return known;
        bool isCode = escape.Length > 1 && escape[0] == 'u' && escape.Length <= 7;
        return isCode && int.TryParse(escape[1..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code) && Rune.IsValid(code)
            ? new Rune(code).ToString()
            : null;
    }
}
