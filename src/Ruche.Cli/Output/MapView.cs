// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Cli.Live;

namespace Ruche.Cli.Output;

/// <summary>What maps hold, for a terminal. Pure: the same snapshots give the same view.</summary>
internal static class MapView
{
    // Two strokes and a blank before the title, a blank and two strokes at least behind it.
    private const int AroundTitle = 6;

    /// <summary>The lines of one titled block a map, below each other, none wider than <paramref name="width"/>.</summary>
    public static List<string> Render(IEnumerable<MapSnapshot> maps, int top, int width)
    {
        List<string> lines = [];
        foreach (MapSnapshot map in maps)
        {
            lines.Add(Heading(map.Map, MapText.Describe(map), width));
            StringBuilder body = new();
            MapText.WriteBody(body, map, top);
            foreach (string line in body.ToString().TrimEnd('\n').Split('\n')) CellText.Wrap(lines, line, width);
        }

        return lines;
    }

    private static string Heading(string name, string facts, int width)
    {
        int room = width - AroundTitle;
        if (room <= 0) return $"\e[90m{new string('─', Math.Max(1, width))}\e[0m";
        string title = CellText.Cut(name, room);
        string rest = CellText.Width(title) + 1 < room ? " " + CellText.Cut(facts, room - CellText.Width(title) - 1) : "";
        int line = width - AroundTitle + 2 - CellText.Width(title) - CellText.Width(rest);
        return $"\e[90m── \e[0m\e[1;93m{title}\e[0m\e[90m{rest} {new string('─', line)}\e[0m";
    }
}
