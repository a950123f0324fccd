// SPDX-License-Identifier: MIT
using System.Text;

namespace Ruche.Symbols.Demangling.Rust;

/// <summary>Identifiers with other letters than ASCII's, as RFC 3492 writes them.</summary>
internal static class Punycode
{
    private const int Base = 36, Least = 1, Most = 26, Skew = 38, Damp = 700, FirstBias = 72, FirstCode = 0x80;

    /// <summary>The identifier, given its ASCII letters and the code of the others.</summary>
    public static string Decode(ReadOnlySpan<char> ascii, ReadOnlySpan<char> code)
    {
        List<Rune> runes = [.. ascii.ToString().EnumerateRunes()];
        int value = FirstCode, position = 0, bias = FirstBias;
        bool isFirst = true;
        while (!code.IsEmpty)
        {
            int before = position;
            position = checked(position + Delta(ref code, bias));
            int count = runes.Count + 1;
            bias = Adapted(position - before, count, isFirst);
            isFirst = false;
            value = checked(value + position / count);
            position %= count;
            if (!Rune.IsValid(value)) NameWriter.Malformed();
            runes.Insert(position++, new(value));
        }

        return string.Concat(runes);
    }

    private static int Delta(ref ReadOnlySpan<char> code, int bias)
    {
        int delta = 0, weight = 1;
        for (int k = Base; ; k += Base)
        {
            if (code.IsEmpty) NameWriter.Malformed();
            char digit = code[0];
            code = code[1..];
            int value = char.IsAsciiLetterLower(digit) ? digit - 'a' : char.IsAsciiDigit(digit) ? digit - '0' + 26 : -1;
            if (value < 0) NameWriter.Malformed();
            delta = checked(delta + value * weight);
            int threshold = Math.Clamp(k - bias, Least, Most);
            if (value < threshold) return delta;
            weight = checked(weight * (Base - threshold));
        }
    }

    private static int Adapted(int delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / Damp : delta / 2;
        delta += delta / count;
        int k = 0;
        for (; delta > (Base - Least) * Most / 2; k += Base) delta /= Base - Least;
        return k + (Base - Least + 1) * delta / (delta + Skew);
    }
}
