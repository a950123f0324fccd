// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Loading;

/// <summary>Fills the values of <c>__kconfig</c> externs from what a kernel says about itself.</summary>
/// <param name="spec">The object.</param>
/// <param name="textOf">The text of a value: <c>y</c>, <c>m</c>, <c>250</c>, <c>"text"</c>; null when it is not set.</param>
/// <param name="whyMissing">Says why one is not set.</param>
internal sealed class KconfigSection(ObjectSpec spec, Func<string, string?> textOf, Func<string> whyMissing)
{
    /// <summary>The content of the <c>.kconfig</c> map.</summary>
    /// <exception cref="BpfException">A value that is not weak is unknown, or does not fit its type.</exception>
    public byte[] Fill(int size)
    {
        byte[] content = new byte[size];
        foreach (var value in spec.Externs)
        {
            if (value.Kind is ExternKind.Kconfig) Fill(value, content.AsSpan(value.Offset, value.Size));
        }

        return content;
    }

    private void Fill(ExternSpec value, Span<byte> target)
    {
        if (textOf(value.Name) is { } text) Parse(value, text, target);
        else if (!value.IsWeak) throw Missing(value);
    }

    private void Parse(ExternSpec value, string text, Span<byte> target)
    {
        var btf = spec.Btf!;
        var type = btf[btf.Resolve(value.Type)];
        if (type is BtfType.Array) WriteText(value, text, target);
        else if (text is "y" or "m" or "n") WriteChoice(value, type, text[0], target);
        else if (TryNumber(text, out ulong number)) Write(value, target, number);
        else throw Misfit(value, text);
    }

    /// <summary>A tristate is an enumeration, a bool is a truth value, a char holds the letter.</summary>
    private void WriteChoice(ExternSpec value, BtfType type, char choice, Span<byte> target)
    {
        bool isBool = type is BtfType.Int number && (number.Encoding & IntEncoding.Bool) != 0;
        if (isBool && choice == 'm') throw Misfit(value, "m");
        ulong written = type switch
        {
            BtfType.Enum => choice switch { 'n' => 0ul, 'y' => 1, _ => 2 },
            BtfType.Int { Size: 1 } when !isBool => choice,
            _ when isBool => choice == 'y' ? 1ul : 0,
            _ => throw Misfit(value, choice.ToString()),
        };
        Write(value, target, written);
    }

    private void WriteText(ExternSpec value, string text, Span<byte> target)
    {
        if (text.Length < 2 || text[0] != '"' || text[^1] != '"') throw Misfit(value, text);
        byte[] bytes = Encoding.UTF8.GetBytes(text[1..^1]);

        // What does not fit is cut off; the last byte stays zero.
        bytes.AsSpan(0, Math.Min(bytes.Length, target.Length - 1)).CopyTo(target);
    }

    private void Write(ExternSpec value, Span<byte> target, ulong number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        if (target.Length > sizeof(ulong)) throw Misfit(value, number.ToString(CultureInfo.InvariantCulture));
        bool isCut = target.Length < sizeof(ulong) && number >> (target.Length * 8) is not 0 && (long)number >> ((target.Length * 8) - 1) is not -1;
        if (isCut) throw Misfit(value, number.ToString(CultureInfo.InvariantCulture));
        bytes[..target.Length].CopyTo(target);
    }

    private static bool TryNumber(string text, out ulong number)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)) return true;
        bool isNegative = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long negative);
        number = (ulong)negative;
        return isNegative;
    }

    private string Operation(ExternSpec value) => $"resolve {value.Name} of object '{spec.Name}'";

    private BpfException Missing(ExternSpec value) =>
        new(Operation(value), Errno.ENOENT, $"{whyMissing()}; declare it __weak, or give its value");

    private BpfException Misfit(ExternSpec value, string text) => new(
        Operation(value), Errno.EINVAL, $"its value is {text}, which does not fit the declared type '{spec.Btf!.TypeNameOf(value.Type)}'");
}
