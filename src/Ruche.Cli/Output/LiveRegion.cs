// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Output;

/// <summary>
/// The bottom of a terminal: lines that came to stay scroll up above it, the region itself is redrawn in place.
/// Not thread-safe: one renderer owns the terminal.
/// </summary>
internal sealed class LiveRegion(TextWriter terminal, Func<(int Width, int Height)> size)
{
    private int _drawn;

    /// <summary>Prints <paramref name="lines"/> above the region, then the region in its new state, cut to the terminal.</summary>
    public void Draw(IReadOnlyList<string> lines, IReadOnlyList<string> region)
    {
        (int width, int height) = size();
        if (_drawn > 0) terminal.Write($"\e[{_drawn}A\e[J");
        foreach (string line in lines) terminal.WriteLine(line);
        _drawn = Math.Min(region.Count, Math.Max(1, height - 2));
        for (int i = 0; i < _drawn; i++) terminal.WriteLine(Cut(region[i], width));
        terminal.Flush();
    }

    private static string Cut(string line, int width) => line.Length < width ? line : line[..Math.Max(0, width - 1)];
}
