// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Text;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Formats;

/// <summary>
/// A format as the kernel takes it from a program that writes a file line by line (<c>bpf_seq_printf</c>): in parts, because the kernel takes only so
/// many values at once, and nothing but plain characters between them. Numbers are of 64 bits, everything else is text.
/// </summary>
internal static class SequenceFormat
{
    // Linux 5.10 copies so many texts for one call.
    private const int MostValues = 6;

    /// <summary>Why the kernel cannot show a value by a conversion as it is shown elsewhere; null when it can.</summary>
    public static string? Refusal(in Conversion conversion, TraceType type) => conversion switch
    {
        { Precision: >= 0 } => "the kernel knows no precisions",
        { Flags: var flags } when (flags & ConversionFlags.Alternate) != 0 => "the kernel knows no '#'",
        { Kind: ConversionKind.Octal } => "the kernel shows no octal numbers",
        { Kind: ConversionKind.Pointer, IsPlain: false } => "the kernel shows addresses without a width",
        { Kind: ConversionKind.Bytes or ConversionKind.HexBytes or ConversionKind.EscapedBytes } => "the kernel shows no buffers",
        { Kind: ConversionKind.Value } when type is not (TraceType.Text or TraceType.Integer) => $"the kernel shows no {type} by %s",
        _ => null,
    };

    /// <summary>The parts of a format whose conversions are all taken, in order.</summary>
    public static IReadOnlyList<SequencePart> Read(ReadOnlySpan<byte> format, ImmutableArray<TraceType> types)
    {
        List<SequencePart> parts = [];
        StringBuilder text = new();
        List<int> values = [];
        var pieces = FormatReader.Read(format, []);
        for (int i = 0; i < pieces.Count; i++)
        {
            var literal = pieces[i].Literal.AsSpan();
            bool isPlain = IsPlain(literal);

            // A text must not be followed by a letter.
            if (!isPlain || (text.Length > 0 && text[^1] == 's' && literal.Length > 0 && char.IsAsciiLetterOrDigit((char)literal[0]))) End();
            if (isPlain) text.Append(Encoding.ASCII.GetString(literal)).Replace("%", "%%", text.Length - literal.Length, literal.Length);
            else parts.Add(new(pieces[i].Literal, []) { IsVerbatim = true });
            if (pieces[i].Conversion is not { } conversion) continue;
            if (values.Count == MostValues) End();
            text.Append(Spelling(conversion, types[i]));
            values.Add(i);
        }

        End();
        return parts;

        void End()
        {
            if (text.Length > 0) parts.Add(new(Encoding.ASCII.GetBytes(text.ToString()), [.. values]));
            text.Clear();
            values.Clear();
        }
    }

    private static bool IsPlain(ReadOnlySpan<byte> text)
    {
        foreach (byte character in text)
        {
            if (character is not ((>= (byte)' ' and <= (byte)'~') or (>= (byte)'\t' and <= (byte)'\r'))) return false;
        }

        return true;
    }

    private static string Spelling(in Conversion conversion, TraceType type)
    {
        StringBuilder text = new("%");
        if (conversion.IsLeft) text.Append('-');
        if ((conversion.Flags & ConversionFlags.Sign) != 0) text.Append('+');
        if ((conversion.Flags & ConversionFlags.Blank) != 0) text.Append(' ');
        if ((conversion.Flags & ConversionFlags.Zeros) != 0) text.Append('0');
        if (conversion.Width > 0) text.Append(conversion.Width);
        return conversion.Kind switch
        {
            ConversionKind.Signed => text.Append("lld").ToString(),
            ConversionKind.Unsigned => text.Append("llu").ToString(),
            ConversionKind.Hex => text.Append("llx").ToString(),
            ConversionKind.UpperHex => text.Append("llX").ToString(),
            ConversionKind.Pointer => "0x%llx",
            ConversionKind.Value when type is TraceType.Integer number => text.Append(number.IsSigned ? "lld" : "llu").ToString(),
            _ => text.Append('s').ToString(),
        };
    }
}
