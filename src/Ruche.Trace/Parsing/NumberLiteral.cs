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

    private static NumberLiteral TooLarge => new() { IsTooLarge = true };

    private bool IsMalformed => Value is null && !IsTooLarge;

    public static NumberLiteral Read(string text)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            int end = DigitsEnd(text, 2, char.IsAsciiHexDigit);
            return IsSuffixOfC(text[end..]) ? Digits(text[2..end], 16) : default;
        }

        int digits = DigitsEnd(text, 0, char.IsAsciiDigit);
        bool isOctal = text[0] == '0' && digits > 1;
        var value = Digits(text[..digits], isOctal ? 8 : 10);
        string rest = text[digits..];
        if (value.IsMalformed || IsSuffixOfC(rest)) return value;
        if (isOctal) return default;
        if (rest[0] is 'e' or 'E') return value.Raised(rest[1..]);
        foreach (var (suffix, nanoseconds) in Durations)
        {
            if (suffix == rest) return value.Times(nanoseconds);
        }

        return default;
    }

    private NumberLiteral Times(ulong factor, ulong added = 0)
    {
        if (Value is not { } value) return this;
        ulong high = Math.BigMul(value, factor, out ulong low);
        return high != 0 || ulong.MaxValue - low < added ? TooLarge : new() { Value = low + added };
    }

    private NumberLiteral Raised(string exponent)
    {
        int end = DigitsEnd(exponent, 0, char.IsAsciiDigit);
        if (end == 0 || end > LongestExponent || exponent.Contains('_') || !IsSuffixOfC(exponent[end..])) return default;
        var raised = this;
        for (int power = int.Parse(exponent.AsSpan(0, end), CultureInfo.InvariantCulture); power > 0; power--) raised = raised.Times(10);
        return raised;
    }

    private static int DigitsEnd(string text, int at, Func<char, bool> isDigit)
    {
        while (at < text.Length && (isDigit(text[at]) || text[at] == '_')) at++;
        return at;
    }

    // Malformed: no digit, a digit too high for the base, or an underscore that stands between no two digits.
    private static NumberLiteral Digits(string text, int radix)
    {
        if (text.Length == 0 || text[0] == '_' || text[^1] == '_') return default;
        NumberLiteral number = new() { Value = 0 };
        foreach (char c in text)
        {
            if (c == '_') continue;
            int digit = char.IsAsciiDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
            if (digit >= radix) return default;
            number = number.Times((uint)radix, (uint)digit);
        }

        return number;
    }

    private static bool IsSuffixOfC(string text) => text.Length == 0 || SuffixesOfC.Contains(text, StringComparer.OrdinalIgnoreCase);
}
