// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Machine.Helpers;

/// <summary>A number in text.</summary>
/// <param name="IsNegative">Whether there is a minus before it.</param>
/// <param name="Magnitude">The digits.</param>
internal readonly record struct Number(bool IsNegative, ulong Magnitude)
{
    // The kernel copies the digits to a buffer of 64 bytes first.
    private const int LongestDigits = 63;

    /// <summary>Reads a number as the kernel does: white space, a sign, a prefix that says the base when none is given, digits.</summary>
    public static Errno Read(ReadOnlySpan<byte> text, ulong unknownFlags, int @base, out Number number, out int length)
    {
        (number, length) = (default, 0);
        if (text.IsEmpty || unknownFlags != 0 || @base is not (0 or 8 or 10 or 16)) return Errno.EINVAL;
        int at = 0;
        while (at < text.Length && text[at] is (byte)' ' or (>= 9 and <= 13)) at++;
        bool isNegative = at < text.Length && text[at] == '-';
        if (isNegative) at++;
        var digits = text[at..];
        if (digits.IsEmpty) return Errno.EINVAL;
        if (digits.Length > LongestDigits) digits = digits[..LongestDigits];
        int prefix = Prefix(digits, ref @base);
        int count = 0;
        ulong value = 0;
        bool isTooLarge = false;
        foreach (byte letter in digits[prefix..])
        {
            int digit = char.IsAsciiHexDigit((char)letter) ? Convert.ToInt32(((char)letter).ToString(), 16) : int.MaxValue;
            if (digit >= @base) break;
            UInt128 next = ((UInt128)value * (uint)@base) + (uint)digit;
            isTooLarge |= next > ulong.MaxValue;
            value = (ulong)next;
            count++;
        }

        if (isTooLarge) return Errno.ERANGE;
        if (count == 0) return Errno.EINVAL;
        (number, length) = (new(isNegative, value), at + prefix + count);
        return Errno.None;
    }

    private static int Prefix(ReadOnlySpan<byte> digits, ref int @base)
    {
        bool isHex = digits.Length > 1 && digits[0] == '0' && (digits[1] | 0x20) == 'x';
        if (@base == 0)
        {
            if (digits[0] != '0') @base = 10;
            else @base = isHex && digits.Length > 2 && char.IsAsciiHexDigit((char)digits[2]) ? 16 : 8;
        }

        return @base == 16 && isHex ? 2 : 0;
    }
}
