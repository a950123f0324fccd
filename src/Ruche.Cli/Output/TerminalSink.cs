// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Cli.Live;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Ruche.Cli.Output;

/// <summary>A terminal: records scroll by, the maps stay at the bottom and are redrawn in place.</summary>
internal sealed class TerminalSink(TextWriter terminal, Func<(int Width, int Height)> size, int top) : ILiveSink
{
    private readonly LiveRegion _region = new(terminal, size);
    private readonly List<string> _lines = [];
    private List<string> _maps = [];

    public void Show(LiveEvent e)
    {
        if (e is LiveEvent.Maps maps) _maps = Lines(MapView.Render(maps.Snapshots, top));
        else _lines.Add(Colour(e));
    }

    public void Flush()
    {
        _region.Draw(_lines, _maps);
        _lines.Clear();
    }

    public void Finish() => Flush();

    public void Dispose() => terminal.Dispose();

    private List<string> Lines(IRenderable view)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.Standard,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(text),
        });
        console.Profile.Width = size().Width;
        console.Write(view);
        return [.. text.ToString().TrimEnd('\n').Split('\n')];
    }

    private static string Colour(LiveEvent e) => e is LiveEvent.Lost ? $"\e[31m{TextSink.Line(e)}\e[0m" : TextSink.Line(e);
}
