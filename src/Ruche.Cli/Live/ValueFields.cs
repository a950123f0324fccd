// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Objects.Btf.Values;

namespace Ruche.Cli.Live;

/// <summary>The parts of a value as a table or a line shows them.</summary>
internal static class ValueFields
{
    /// <summary>The named fields, those of anonymous members among them as in C. A value without fields is one field named <paramref name="otherwise"/>.</summary>
    public static IEnumerable<BtfFieldValue> Of(BtfValue value, string otherwise) =>
        value is BtfValue.Composite { IsUnion: false, Fields.IsEmpty: false } composite && AddressText.Of(value) is null ? Named(composite) : [new(otherwise, value)];

    /// <summary>A field's value in few characters: text without quotes when nothing in it needs them.</summary>
    public static string Short(BtfValue value)
    {
        if (AddressText.Of(value) is { } address) return address;
        if (value is not BtfValue.Text { Bytes: { IsEmpty: false } bytes }) return value.ToString();
        return bytes.All(b => b is > (byte)' ' and < 0x7f and not (byte)'"') ? Encoding.ASCII.GetString(bytes.AsSpan()) : value.ToString();
    }

    private static IEnumerable<BtfFieldValue> Named(BtfValue.Composite composite)
    {
        foreach (BtfFieldValue field in composite.Fields)
        {
            if (field.Name.Length > 0) yield return field;
            else if (field.Value is BtfValue.Composite inner)
                foreach (BtfFieldValue nested in Named(inner)) yield return nested;
        }
    }
}
