// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Cli.Live;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Ruche.Cli.Output;

/// <summary>What maps hold, for a terminal. Pure: the same snapshots give the same view.</summary>
internal static class MapView
{
    /// <summary>One titled block a map, below each other.</summary>
    public static IRenderable Render(IEnumerable<MapSnapshot> maps, int top) => new Rows(maps.Select(map => Block(map, top)));

    private static Rows Block(MapSnapshot map, int top)
    {
        StringBuilder body = new();
        MapText.WriteBody(body, map, top);
        return new Rows(
            new Rule($"[bold yellow]{Markup.Escape(map.Map)}[/] [grey]{Markup.Escape(MapText.Describe(map))}[/]").LeftJustified().RuleStyle("grey"),
            new Text(body.ToString().TrimEnd('\n')) { Overflow = Overflow.Ellipsis });
    }
}
