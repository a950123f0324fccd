// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Cli.Bpf.Listing;

/// <summary>Facts as cells.</summary>
internal static class Text
{
    /// <summary>A number; empty when it is 0.</summary>
    public static string OrEmpty(ulong number) => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc cref="OrEmpty(ulong)"/>
    public static string OrEmpty(long number) => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number.</summary>
    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Numbers with commas between.</summary>
    public static string Of(IEnumerable<uint> numbers) => string.Join(',', numbers);
}
