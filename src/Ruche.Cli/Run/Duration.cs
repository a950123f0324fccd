// SPDX-License-Identifier: MIT
using System.Globalization;

namespace Ruche.Cli.Run;

/// <summary>Reads lengths of time as people write them: <c>500ms</c>, <c>5s</c>, <c>2m</c>, <c>1h</c>; a bare number is seconds.</summary>
internal static class Duration
{
    private static readonly (string Suffix, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("", 1)];

    /// <summary>Reads <paramref name="text"/>; false unless it is a positive length of at most a year.</summary>
    public static bool TryParse(string text, out TimeSpan length)
    {
        length = default;
        foreach ((string suffix, double seconds) in Units)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal)) continue;
            string number = text[..^suffix.Length];
            if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)) return false;
            double total = value * seconds;
            if (total is not (> 0 and < 366 * 86400)) return false;
            length = TimeSpan.FromSeconds(total);
            return true;
        }

        return false;
    }
}
