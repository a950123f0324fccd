// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Ruche.Bpf.Objects.Btf.Values;

/// <summary>Writes values as text on one line: <c>{ .pid = 1, .comm = "bash" }</c>.</summary>
public static class BtfValueText
{
    /// <summary>The value as text.</summary>
    public static string Format(BtfValue value)
    {
        StringBuilder output = new();
        Append(output, value);
        return output.ToString();
    }

    /// <summary>Appends the value as text.</summary>
    public static void Append(StringBuilder output, BtfValue value)
    {
        switch (value)
        {
            case BtfValue.Integer x:
                output.Append(CultureInfo.InvariantCulture, $"{x.Value}");
                break;
            case BtfValue.Boolean x:
                output.Append(x.Value ? "true" : "false");
                break;
            case BtfValue.Text x:
                AppendQuoted(output, x.Value);
                break;
            case BtfValue.Enumerator x:
                output.Append(x.Name ?? x.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case BtfValue.Pointer x:
                output.Append(CultureInfo.InvariantCulture, $"0x{x.Address:x}");
                break;
            case BtfValue.Floating x:
                output.Append(x.Value.ToString("R", CultureInfo.InvariantCulture));
                break;
            case BtfValue.Structure x:
                AppendStructure(output, x);
                break;
            case BtfValue.Sequence x:
                AppendSequence(output, x);
                break;
            case BtfValue.Bytes x:
                output.Append(Convert.ToHexStringLower(x.Value.AsSpan()));
                break;
            default:
                throw new UnreachableException($"no case for {value.GetType().Name}");
        }
    }

    private static void AppendStructure(StringBuilder output, BtfValue.Structure structure)
    {
        string separator = "{ ";
        foreach (BtfField field in structure.Fields)
        {
            output.Append(separator).Append('.').Append(field.Name).Append(" = ");
            Append(output, field.Value);
            separator = ", ";
        }

        output.Append(structure.Fields.IsEmpty ? "{}" : " }");
    }

    private static void AppendSequence(StringBuilder output, BtfValue.Sequence sequence)
    {
        output.Append('[');
        for (int i = 0; i < sequence.Items.Length; i++)
        {
            if (i > 0) output.Append(", ");
            Append(output, sequence.Items[i]);
        }

        output.Append(']');
    }

    private static void AppendQuoted(StringBuilder output, string text)
    {
        output.Append('"');
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => output.Append("\\\""),
                '\\' => output.Append("\\\\"),
                '\n' => output.Append("\\n"),
                '\r' => output.Append("\\r"),
                '\t' => output.Append("\\t"),
                < ' ' or '\x7f' => output.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"),
                _ => output.Append(c),
            };
        }

        output.Append('"');
    }
}
