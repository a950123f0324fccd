// SPDX-License-Identifier: MIT
using Ruche.Trace.Output.Values;
using Ruche.Trace.Types;

namespace Ruche.Trace.Output.Formats;

/// <summary>An argument as a conversion shows it.</summary>
internal static class ArgumentText
{
    /// <summary>Whether a conversion can show values of a type.</summary>
    public static bool Takes(ConversionKind kind, TraceType type) => kind switch
    {
        ConversionKind.Value => type is not TraceType.Nothing,
        ConversionKind.Bytes or ConversionKind.HexBytes or ConversionKind.EscapedBytes => type is TraceType.Buffer,
        _ => type is TraceType.Integer or TraceType.Boolean or TraceType.Enumeration or TraceType.Pointer,
    };

    public static void Append(OutputBuffer buffer, in Conversion conversion, TraceType type, ReadOnlySpan<byte> value, PrintContext context)
    {
        int start = buffer.Length;
        switch (conversion.Kind)
        {
            case ConversionKind.Value:
                AppendValue(buffer, type, value, context);
                if (conversion.Precision >= 0) buffer.Truncate(start + conversion.Precision);
                break;
            case ConversionKind.Character:
                buffer.Append((byte)StoredNumber.Of(type, value));
                break;
            case ConversionKind.Bytes:
                EscapedText.AppendReadable(buffer, BufferValue.Of(value));
                break;
            case ConversionKind.HexBytes:
                EscapedText.AppendHex(buffer, BufferValue.Of(value));
                break;
            case ConversionKind.EscapedBytes:
                EscapedText.AppendEscapes(buffer, BufferValue.Of(value));
                break;
            default:
                NumberText.Append(buffer, conversion, StoredNumber.Of(type, value));
                return;
        }

        buffer.Pad(start, conversion.Width, conversion.IsLeft);
    }

    // Text and numbers are what most events hold: they take no detour, and allocate nothing.
    private static void AppendValue(OutputBuffer buffer, TraceType type, ReadOnlySpan<byte> value, PrintContext context)
    {
        switch (type)
        {
            case TraceType.Text:
                TextValue.Append(buffer, value, context);
                break;
            case TraceType.Integer { IsSigned: true }:
                buffer.AppendDecimal(StoredNumber.Of(type, value));
                break;
            case TraceType.Integer:
                buffer.AppendDecimal((ulong)StoredNumber.Of(type, value));
                break;
            default:
                ValueWalk.Write(new TextForm(buffer), type, value, context);
                break;
        }
    }
}
