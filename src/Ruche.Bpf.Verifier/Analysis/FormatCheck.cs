// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Rules;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>The arguments of bpf_snprintf(), whose format is known beforehand.</summary>
internal static class FormatCheck
{
    private const int MaxArguments = 12;

    public static void Check(Walk walk)
    {
        var size = walk.Now[Register.R5];
        if (size is { IsConstant: true } && (size.Range.Bits.Value % 8 != 0 || size.Range.Bits.Value > MaxArguments * 8))
            Walk.Reject(VerifierRules.Argument, $"bpf_snprintf() takes up to {MaxArguments} arguments of eight bytes, and is given {size.Range.Bits.Value} bytes", size);
        var format = walk.Now[Register.R3];
        if (format.Map is not { } map || map.Constants.IsEmpty || !size.IsConstant) return;
        int start = format.Offset + (int)format.Range.Bits.Value;
        if (start < 0 || start >= map.Constants.Length) return;
        var text = map.Constants.AsSpan()[start..];
        int end = text.IndexOf((byte)0);
        if (end < 0) return;
        if (Count(text[..end]) is not { } wanted) Walk.Reject(VerifierRules.Argument, "the format of bpf_snprintf() is not one that the kernel knows");
        else if (wanted > (int)(size.Range.Bits.Value / 8)) Walk.Reject(VerifierRules.Argument, $"the format of bpf_snprintf() has {wanted} placeholders, and there are {size.Range.Bits.Value / 8} arguments");
    }

    // How many arguments a format takes; null when it has a placeholder that the kernel does not know.
    private static int? Count(ReadOnlySpan<byte> format)
    {
        int count = 0;
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] is < 0x20 and not ((byte)'\n' or (byte)'\t' or (byte)'\r') or >= 0x7f) return null;
            if (format[i] != '%') continue;
            if (++i >= format.Length) return null;
            if (format[i] == '%') continue;
            count++;
            while (i < format.Length && format[i] is (byte)'0' or (byte)'+' or (byte)'-' or (byte)' ' or (byte)'#') i++;
            while (i < format.Length && format[i] is >= (byte)'0' and <= (byte)'9') i++;
            if (i >= format.Length) return null;
            switch ((char)format[i])
            {
                case 'p':
                    if (i + 1 < format.Length && format[i + 1] is (byte)'x' or (byte)'K' or (byte)'B' or (byte)'S' or (byte)'s') i++;
                    else if (i + 2 < format.Length && format[i + 1] is (byte)'i' or (byte)'I' && format[i + 2] is (byte)'4' or (byte)'6') i += 2;
                    break;
                case 's' or 'c':
                    break;
                default:
                    for (int longs = 0; i < format.Length && format[i] is (byte)'l' && longs < 2; longs++) i++;
                    if (i >= format.Length || format[i] is not ((byte)'i' or (byte)'d' or (byte)'u' or (byte)'x' or (byte)'X')) return null;
                    break;
            }
        }

        return count;
    }
}
