// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Ruche.Bpf.Objects.Btf.Values;

/// <summary>
/// Writes values as C initialisers on one line: <c>{ .pid = 1, .comm = "bash" }</c>. Long runs of equal elements are written once,
/// as <c>[3 ... 63] = 0</c>.
/// </summary>
public static class BtfValueText
{
    private const int ShortestRun = 5;

    /// <summary>The value as text.</summary>
    public static string Format(BtfValue value)
    {
        StringBuilder text = new();
        Append(text, value);
        return text.ToString();
    }

    /// <summary>Appends the value as text.</summary>
    public static void Append(StringBuilder text, BtfValue value)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(value);
        switch (value)
        {
            case BtfValue.Signed x: text.Append(CultureInfo.InvariantCulture, $"{x.Value}"); break;
            case BtfValue.Unsigned x: text.Append(CultureInfo.InvariantCulture, $"{x.Value}"); break;
            case BtfValue.Character x: AppendCharacter(text, x.Value); break;
            case BtfValue.Boolean x: text.Append(x.Value ? "true" : "false"); break;
            case BtfValue.Real x: text.Append(CultureInfo.InvariantCulture, $"{x.Value:R}"); break;
            case BtfValue.Enumerated x when x.Name is not null: text.Append(x.Name); break;
            case BtfValue.Enumerated x: text.Append(CultureInfo.InvariantCulture, $"{x.Value}"); break;
            case BtfValue.Pointer x: text.Append(CultureInfo.InvariantCulture, $"0x{x.Address:x}"); break;
            case BtfValue.Text x: AppendText(text, x.Bytes.AsSpan()); break;
            case BtfValue.Array x: AppendArray(text, x.Items); break;
            case BtfValue.Composite x: AppendComposite(text, x); break;
            case BtfValue.Opaque x: text.Append("0x").Append(Convert.ToHexStringLower(x.Bytes.AsSpan())); break;
            default: throw new UnreachableException($"no case for {value.GetType().Name}");
        }
    }

    /// <summary>The characters of a string as C writes them between quotes; bytes that are not UTF-8 as <c>\x80</c>.</summary>
    internal static void AppendEscaped(StringBuilder text, ReadOnlySpan<byte> bytes, bool forC)
    {
        while (!bytes.IsEmpty)
        {
            bool valid = Rune.DecodeFromUtf8(bytes, out var rune, out int used) is System.Buffers.OperationStatus.Done;
            if (!valid) foreach (byte b in bytes[..used]) text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
            else if (!forC) text.Append(rune);
            else AppendRune(text, rune);
            bytes = bytes[used..];
        }
    }

    private static void AppendRune(StringBuilder text, Rune rune)
    {
        string? escape = rune.Value switch
        {
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '"' => "\\\"",
            '\\' => "\\\\",
            _ => null,
        };
        if (escape is not null) text.Append(escape);
        else if (Rune.IsControl(rune)) text.Append(CultureInfo.InvariantCulture, $"\\x{rune.Value:x2}");
        else text.Append(rune);
    }

    private static void AppendText(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        text.Append('"');
        AppendEscaped(text, bytes, forC: true);
        text.Append('"');
    }

    private static void AppendCharacter(StringBuilder text, byte value)
    {
        if (value is > 0x20 and < 0x7f and not (byte)'\'' and not (byte)'\\') text.Append('\'').Append((char)value).Append('\'');
        else text.Append(CultureInfo.InvariantCulture, $"{value}");
    }

    private static void AppendComposite(StringBuilder text, BtfValue.Composite value)
    {
        bool isFirst = true;
        text.Append('{');
        AppendFields(text, value, ref isFirst);
        text.Append(isFirst ? "}" : " }");
    }

    private static void AppendFields(StringBuilder text, BtfValue.Composite value, ref bool isFirst)
    {
        foreach (var field in value.Fields)
        {
            if (field.Name.Length == 0 && field.Value is BtfValue.Composite inner)
            {
                AppendFields(text, inner, ref isFirst);
                continue;
            }
            if (field.Name.Length == 0) continue; // padding: an unnamed bit field
            text.Append(isFirst ? " ." : ", .").Append(field.Name).Append(" = ");
            Append(text, field.Value);
            isFirst = false;
        }
    }

    private static void AppendArray(StringBuilder text, ImmutableArray<BtfValue> items)
    {
        text.Append('{');
        for (int i = 0; i < items.Length;)
        {
            int run = RunLength(items, i);
            text.Append(i == 0 ? " " : ", ");
            if (run >= ShortestRun) text.Append(CultureInfo.InvariantCulture, $"[{i} ... {i + run - 1}] = ");
            Append(text, items[i]);
            i += run >= ShortestRun ? run : 1;
        }
        text.Append(items.IsEmpty ? "}" : " }");
    }

    /// <summary>How many scalars from <paramref name="start"/> on are equal; arrays and structs are not compared.</summary>
    private static int RunLength(ImmutableArray<BtfValue> items, int start)
    {
        int end = start + 1;
        if (items[start] is BtfValue.Array or BtfValue.Composite or BtfValue.Text or BtfValue.Opaque) return 1;
        while (end < items.Length && items[end].Equals(items[start])) end++;
        return end - start;
    }
}
