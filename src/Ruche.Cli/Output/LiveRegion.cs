// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Output;

/// <summary>
/// The bottom of a terminal: lines that came to stay scroll up above it, the region itself is redrawn in place.
/// Not thread-safe: one renderer owns the terminal.
/// </summary>
internal sealed class LiveRegion(TextWriter terminal, Func<(int Width, int Height)> size)
{
    private int _drawn;

    /// <summary>Prints <paramref name="lines"/> above the region, then the region in its new state, cut to the terminal's height.</summary>
    public void Draw(IReadOnlyList<string> lines, IReadOnlyList<string> region)
    {
        if (_drawn > 0) terminal.Write($"\e[{_drawn}A\e[J");
        foreach (string line in lines) terminal.Write(line + "\n");
        _drawn = Math.Min(region.Count, Math.Max(1, size().Height - 2));
        for (int i = 0; i < _drawn; i++) terminal.Write(region[i] + "\n");
        terminal.Flush();
    }
}
