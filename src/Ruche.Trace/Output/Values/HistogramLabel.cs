// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Numerics;

namespace Ruche.Trace.Output.Values;

/// <summary>Bounds of a histogram's buckets, shortened by K, M, G … where that loses nothing.</summary>
internal static class HistogramLabel
{
    private const long Kilo = 1024;
    private const long Mega = 1024 * 1024;

    /// <summary>A bound of a logarithmic histogram: the number of bits that divide a power stay in front of the letter.</summary>
    public static string OfPower(ulong value, int bits)
    {
        int decade = Math.Max(0, BitOperations.Log2(value) - bits) / 10;
        string number = (value >> (10 * decade)).ToString(CultureInfo.InvariantCulture);
        return decade == 0 ? number : number + "KMGTPE"[decade - 1];
    }

    /// <summary>A bound of a linear histogram, shortened only when the steps are whole thousands.</summary>
    public static string OfStep(long value, long step)
    {
        var (number, letter) = step % Kilo != 0 || value == 0 ? (value, "")
            : value % Mega == 0 ? (value / Mega, "M")
            : value % Kilo == 0 ? (value / Kilo, "K")
            : (value, "");
        return string.Create(CultureInfo.InvariantCulture, $"{number}{letter}");
    }
}
