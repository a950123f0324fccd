// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Cli.Bpf.Words;

/// <summary>Numbers as the command line has them.</summary>
internal static class Numbers
{
    /// <summary>Reads a decimal number, or a hexadecimal one after <c>0x</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ulong number) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
