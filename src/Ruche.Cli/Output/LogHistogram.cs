// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;

namespace Ruche.Cli.Output;

/// <summary>Draws power-of-two histograms: slot <c>n</c> counts the values in <c>[2^n, 2^(n+1))</c>, slot 0 those below 2.</summary>
internal static class LogHistogram
{
    private const int BarWidth = 40;
    private static readonly string[] Units = ["", "K", "M", "G", "T", "P", "E"];

    /// <summary>Writes a line for each slot between the first and the last that count something.</summary>
    public static void Write(StringBuilder output, string indent, ReadOnlySpan<ulong> slots)
    {
        int first = slots.IndexOfAnyExcept(0UL);
        if (first < 0)
        {
            output.Append(indent).Append("(empty)\n");
            return;
        }

        int last = slots.LastIndexOfAnyExcept(0UL);
        ulong most = 0;
        foreach (ulong count in slots) most = Math.Max(most, count);
        int widest = most.ToString(CultureInfo.InvariantCulture).Length;
        for (int slot = first; slot <= last; slot++)
        {
            string bar = new('@', (int)((UInt128)slots[slot] * BarWidth / most));
            output.Append(indent)
                .Append(Range(slot).PadRight(14))
                .Append(slots[slot].ToString(CultureInfo.InvariantCulture).PadLeft(widest))
                .Append(" |").Append(bar.PadRight(BarWidth)).Append("|\n");
        }
    }

    private static string Range(int slot) => slot == 0 ? "[0, 2)" : $"[{Bound(slot)}, {Bound(slot + 1)})";

    private static string Bound(int power) => string.Create(CultureInfo.InvariantCulture, $"{1UL << (power % 10)}{Units[power / 10]}");
}
