// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Bpf.Links;

/// <summary>A place in a user-space file: <c>path:symbol</c>, <c>path:symbol+0x10</c> or <c>path:0x1234</c> (an offset in the file).</summary>
/// <param name="Path">The file, or the name of a library or program that is searched for.</param>
/// <param name="Symbol">The function; empty when the offset counts from the start of the file.</param>
/// <param name="Offset">Bytes from the function, or from the start of the file.</param>
public sealed record UserTarget(string Path, string Symbol, ulong Offset)
{
    /// <summary>Reads a target as section names write it.</summary>
    /// <exception cref="FormatException">The text is none.</exception>
    public static UserTarget Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || colon == text.Length - 1)
            throw new FormatException($"'{text}' is no user-space target; write path:symbol, path:symbol+offset or path:0xoffset");

        string path = text[..colon];
        var place = text.AsSpan(colon + 1);
        if (char.IsAsciiDigit(place[0])) return new(path, "", Number(place, text));
        int plus = place.LastIndexOf('+');
        return plus > 0 ? new(path, place[..plus].ToString(), Number(place[(plus + 1)..], text)) : new(path, place.ToString(), 0);
    }

    /// <inheritdoc/>
    public override string ToString() => (Symbol.Length, Offset) switch
    {
        (0, _) => $"{Path}:0x{Offset:x}",
        (_, 0) => $"{Path}:{Symbol}",
        _ => $"{Path}:{Symbol}+0x{Offset:x}",
    };

    private static ulong Number(ReadOnlySpan<char> digits, string text)
    {
        bool isHex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return ulong.TryParse(
            isHex ? digits[2..] : digits, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out ulong number)
            ? number
            : throw new FormatException($"'{digits}' in '{text}' is no offset; write 16 or 0x10");
    }
}
