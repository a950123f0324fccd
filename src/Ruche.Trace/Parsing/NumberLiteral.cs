// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Trace.Parsing;

/// <summary>
/// What an integer's digits and letters mean: decimal with underscores and exponents, octal after <c>0</c>, hexadecimal after
/// <c>0x</c>; a suffix of C is ignored, a suffix of a duration makes nanoseconds.
/// </summary>
internal readonly record struct NumberLiteral
{
    // More digits of an exponent say nothing: no number that large fits.
    private const int LongestExponent = 3;

    private static readonly (string Suffix, ulong Nanoseconds)[] Durations =
    [
        ("ns", 1), ("us", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000),
        ("m", 60_000_000_000), ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
    ];

    private static readonly string[] SuffixesOfC = ["u", "l", "ul", "lu", "ll", "ull", "llu"];

    /// <summary>The value; null when it is malformed or does not fit.</summary>
    public ulong? Value { get; private init; }

    /// <summary>Whether it has a meaning, but needs more than 64 bits.</summary>
    public bool IsTooLarge { get; private init; }

    public static NumberLiteral Read(string text)
    {
        if (Exact(text) is not { } exact) return default;
        return exact <= ulong.MaxValue ? new() { Value = (ulong)exact } : new() { IsTooLarge = true };
    }

    private static UInt128? Exact(string text)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            int end = DigitsEnd(text, 2, char.IsAsciiHexDigit);
            return IsSuffixOfC(text[end..]) ? Digits(text[2..end], 16) : null;
        }

        int digits = DigitsEnd(text, 0, char.IsAsciiDigit);
        bool isOctal = text[0] == '0' && digits > 1;
        if (Digits(text[..digits], isOctal ? 8 : 10) is not { } value) return null;
        string rest = text[digits..];
        if (IsSuffixOfC(rest)) return value;
        if (isOctal) return null;
        if (rest[0] is 'e' or 'E') return Scaled(value, rest[1..]);
        return Array.Find(Durations, d => d.Suffix == rest) is { Nanoseconds: not 0 } found ? value * found.Nanoseconds : null;
    }

    private static UInt128? Scaled(UInt128 value, string exponent)
    {
        int end = DigitsEnd(exponent, 0, char.IsAsciiDigit);
        if (end == 0 || end > LongestExponent || exponent.Contains('_') || !IsSuffixOfC(exponent[end..])) return null;
        int power = int.Parse(exponent.AsSpan(0, end), CultureInfo.InvariantCulture);

        // Past the limit the rest changes nothing.
        for (int i = 0; i < power && value <= ulong.MaxValue; i++) value *= 10;
        return value;
    }

    private static int DigitsEnd(string text, int at, Func<char, bool> isDigit)
    {
        while (at < text.Length && (isDigit(text[at]) || text[at] == '_')) at++;
        return at;
    }

    /// <summary>Null for no digit, a digit too high for the base, or an underscore that stands between no two digits.</summary>
    private static UInt128? Digits(string text, int radix)
    {
        if (text.Length == 0 || text[0] == '_' || text[^1] == '_') return null;
        UInt128 value = 0;
        foreach (char c in text)
        {
            if (c == '_') continue;
            int digit = Convert.ToInt32(c.ToString(), 16);
            if (digit >= radix) return null;
            // Past the limit the rest changes nothing, and thousands of digits would take long.
            if (value <= ulong.MaxValue) value = (value * (uint)radix) + (uint)digit;
        }

        return value;
    }

    private static bool IsSuffixOfC(string text) => text.Length == 0 || SuffixesOfC.Contains(text, StringComparer.OrdinalIgnoreCase);
}
