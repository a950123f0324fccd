// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ruche.Cli.Live;

namespace Ruche.Cli.Output;

/// <summary>Plain lines, for pipes and files. A map is printed when it has changed since it was last printed.</summary>
internal sealed class TextSink(TextWriter output, int top) : ILiveSink
{
    private readonly Dictionary<string, string> _shown = [];

    public void Show(LiveEvent e)
    {
        switch (e)
        {
            case LiveEvent.Maps x:
                foreach (MapSnapshot map in x.Snapshots) ShowMap(x.Time, map);
                break;
            default:
                output.Write(Line(e) + "\n");
                break;
        }
    }

    public void Flush() => output.Flush();

    public void Finish() => output.Flush();

    public void Dispose() => output.Dispose();

    /// <summary>Any event but a snapshot of maps, as one line without its end.</summary>
    public static string Line(LiveEvent e) => e switch
    {
        LiveEvent.Record x => RecordText.Line(x),
        LiveEvent.Lost x => string.Create(CultureInfo.InvariantCulture, $"{x.Time:HH:mm:ss.ffffff} {x.Map} lost {x.Count} records: {x.Reason}"),
        LiveEvent.Trace x => x.Line,
        _ => throw new UnreachableException($"no case for {e.GetType().Name}"),
    };

    private void ShowMap(DateTimeOffset time, MapSnapshot map)
    {
        StringBuilder text = new();
        MapText.Write(text, map, top);
        string now = text.ToString();
        if (_shown.GetValueOrDefault(map.Map) == now) return;
        _shown[map.Map] = now;
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{time:HH:mm:ss} {now}"));
    }
}
