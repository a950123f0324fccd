// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Bpf.Objects.Btf.Values;
using Ruche.Cli.Live;

namespace Ruche.Cli.Output;

/// <summary>Renders a record as one line: the time, the buffer, then <c>name=value</c> pairs, or the bytes when its type is not known.</summary>
internal static class RecordText
{
    /// <summary>The record on one line, without its end.</summary>
    public static string Line(LiveEvent.Record record)
    {
        StringBuilder output = new();
        output.Append(CultureInfo.InvariantCulture, $"{record.Time:HH:mm:ss.ffffff} {record.Map}");
        if (record.Value is BtfValue.Opaque opaque)
        {
            output.Append(CultureInfo.InvariantCulture, $" {record.Size} bytes ");
            AppendHex(output, opaque.Bytes.AsSpan());
            return output.ToString();
        }

        foreach (BtfFieldValue field in ValueFields.Of(record.Value, "value")) BtfValueText.Append(output.Append(' ').Append(field.Name).Append('='), field.Value);
        return output.ToString();
    }

    private static void AppendHex(StringBuilder output, ReadOnlySpan<byte> bytes)
    {
        for (int start = 0; start < bytes.Length; start += 4)
        {
            if (start > 0) output.Append(' ');
            output.Append(Convert.ToHexStringLower(bytes.Slice(start, Math.Min(4, bytes.Length - start))));
        }
    }
}
