// SPDX-License-Identifier: MIT
using System.Buffers.Text;

namespace Ruche.Trace.Output.Formats;

/// <summary>Numbers as the conversions of C show them.</summary>
internal static class NumberText
{
    private const int MostDigits = 22;

    public static void Append(OutputBuffer buffer, in Conversion conversion, long value)
    {
        if (conversion.Kind is ConversionKind.Signed)
        {
            long signed = conversion.Bits switch { 8 => (sbyte)value, 16 => (short)value, 32 => (int)value, _ => value };
            if (conversion.IsPlain) buffer.AppendDecimal(signed);
            else Append(buffer, conversion, signed < 0 ? 0UL - (ulong)signed : (ulong)signed, signed < 0);
        }
        else
        {
            ulong unsigned = conversion.Bits switch { 8 => (byte)value, 16 => (ushort)value, 32 => (uint)value, _ => (ulong)value };
            if (conversion.IsPlain && conversion.Kind is ConversionKind.Unsigned) buffer.AppendDecimal(unsigned);
            else Append(buffer, conversion, unsigned, false);
        }
    }

    private static void Append(OutputBuffer buffer, in Conversion conversion, ulong magnitude, bool isNegative)
    {
        Span<byte> space = stackalloc byte[MostDigits];
        var digits = Digits(space, conversion.Kind, magnitude);
        if (magnitude == 0 && conversion.Precision == 0) digits = [];
        var prefix = PrefixOf(conversion, magnitude, isNegative);

        int zeros = conversion.Precision - digits.Length;
        bool isOctalMarked = conversion.Kind is ConversionKind.Octal && (conversion.Flags & ConversionFlags.Alternate) != 0;
        if (isOctalMarked && zeros <= 0 && (digits.Length == 0 || digits[0] != '0')) zeros = 1;
        int width = prefix.Length + Math.Max(zeros, 0) + digits.Length;
        bool isFilled = conversion.Precision < 0 && (conversion.Flags & (ConversionFlags.Zeros | ConversionFlags.Left)) == ConversionFlags.Zeros;
        if (isFilled) zeros = Math.Max(zeros, 0) + Math.Max(0, conversion.Width - width);

        int start = buffer.Length;
        buffer.Append(prefix);
        buffer.Repeat((byte)'0', zeros);
        buffer.Append(digits);
        buffer.Pad(start, conversion.Width, conversion.IsLeft);
    }

    private static ReadOnlySpan<byte> Digits(Span<byte> space, ConversionKind kind, ulong value)
    {
        if (kind is ConversionKind.Octal) return OctalDigits(space, value);
        char format = kind switch { ConversionKind.Hex or ConversionKind.Pointer => 'x', ConversionKind.UpperHex => 'X', _ => 'D' };
        _ = Utf8Formatter.TryFormat(value, space, out int length, format);
        return space[..length];
    }

    private static ReadOnlySpan<byte> OctalDigits(Span<byte> space, ulong value)
    {
        int at = space.Length;
        do
        {
            space[--at] = (byte)('0' + (int)(value & 7));
            value >>= 3;
        }
        while (value != 0);
        return space[at..];
    }

    private static ReadOnlySpan<byte> PrefixOf(in Conversion conversion, ulong magnitude, bool isNegative)
    {
        bool isMarked = (conversion.Flags & ConversionFlags.Alternate) != 0;
        return conversion.Kind switch
        {
            ConversionKind.Signed when isNegative => "-"u8,
            ConversionKind.Signed when (conversion.Flags & ConversionFlags.Sign) != 0 => "+"u8,
            ConversionKind.Signed when (conversion.Flags & ConversionFlags.Blank) != 0 => " "u8,
            // As the newest bpftrace has it; glibc would say (nil), which is no number.
            ConversionKind.Pointer when magnitude != 0 => "0x"u8,
            ConversionKind.Hex when isMarked && magnitude != 0 => "0x"u8,
            ConversionKind.UpperHex when isMarked && magnitude != 0 => "0X"u8,
            _ => [],
        };
    }
}
