// SPDX-License-Identifier: MIT
using Ruche.Cli.Live;

namespace Ruche.Cli.Output;

/// <summary>A terminal: records scroll by, the maps stay at the bottom and are redrawn in place.</summary>
internal sealed class TerminalSink(TextWriter terminal, Func<(int Width, int Height)> size, int top) : ILiveSink
{
    private readonly LiveRegion _region = new(terminal, size);
    private readonly List<string> _lines = [];
    private List<string> _maps = [];

    public void Show(LiveEvent e)
    {
        if (e is LiveEvent.Maps maps) _maps = MapView.Render(maps.Snapshots, top, size().Width);
        else _lines.Add(Colour(e));
    }

    public void Flush()
    {
        _region.Draw(_lines, _maps);
        _lines.Clear();
    }

    public void Finish() => Flush();

    public void Dispose() => terminal.Dispose();

    private static string Colour(LiveEvent e) => e is LiveEvent.Lost ? $"\e[31m{TextSink.Line(e)}\e[0m" : TextSink.Line(e);
}
