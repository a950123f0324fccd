// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Text;
using Ruche.Trace.Binding;
using Ruche.Trace.Lowering;
using Ruche.Trace.Output;
using Ruche.Trace.Output.Maps;
using Ruche.Trace.Recording;

namespace Ruche.Trace.Running;

/// <summary>What becomes of a script's events and maps, wherever its programs run: what it prints, and what was lost.</summary>
internal sealed class ScriptSession : IDisposable
{
    private readonly CompiledTrace _script;
    private readonly TraceRunOptions _options;
    private readonly IScriptHost _host;
    private readonly MapContents _maps;
    private readonly PrintContext _context;

    public ScriptSession(CompiledTrace script, TraceRunOptions options, IScriptHost host, HostAnswers answers, ISymbolNames symbols)
    {
        (_script, _options, _host) = (script, options, host);
        long bootedAt = BitConverter.ToInt64(host.Shared[SharedState.BootedAt..]);
        _maps = new(host, script.Plan);
        _context = new()
        {
            Symbols = symbols,
            TimeFormats = script.Script.TimeFormats,
            WallClock = sinceBoot => bootedAt + (long)sinceBoot,
            LocalTime = answers.LocalTime,
            TruncationTrailer = script.Plan.Options.TruncationTrailer,
            NameOf = answers.NameOf,
        };
        Output = options.IsJson ? new JsonOutput(options.Output, _context) : new TextOutput(options.Output, options.Errors, _context);
        Dispatcher = new(script.Plan, _maps, Output, _context, script.Source, answers);
    }

    public TraceOutput Output { get; }

    public EventDispatcher Dispatcher { get; }

    /// <summary>Does what the events that are there ask for.</summary>
    public void Drain()
    {
        _host.Consume(Dispatcher);
        if (!_options.IsFullyBuffered) Output.Flush();
    }

    /// <summary>Prints the maps, as at a script's end.</summary>
    public void PrintMaps()
    {
        if (!_script.Plan.Options.PrintsMapsAtEnd) return;
        Output.End();
        foreach (var map in SortedMaps()) Output.Map(_maps.ShapeOf(map), _maps.Read(map));
    }

    /// <summary>Tells what found no room.</summary>
    public void ReportLosses()
    {
        if (_maps.Counter(SharedState.LostEvents) + (ulong)_host.LostPackets is > 0 and var lost) Output.LostEvents(lost);
        if (_maps.Counter(SharedState.LostStacks) is > 0 and var stacks) Tell($"{stacks} stacks found no room among {SharedState.Stacks} and are not shown");
        if (_maps.Counter(SharedState.EndedLoops) is > 0 and var loops) Tell($"loops were left before their end {loops} times: the kernel lets none go on for so long");
        foreach (var map in _script.Script.Maps)
        {
            if (_maps.Refused(map) is > 0 and var refused) Tell($"map '{map}' was full: {refused} values are not in it; make room with the setting max_map_keys");
        }
    }

    /// <summary>Writes a warning about the run.</summary>
    public void Tell(string warning) => _options.Errors.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"warning: {warning}\n")));

    /// <summary>The maps as they are now, as text.</summary>
    public string ShowMaps()
    {
        OutputBuffer text = new();
        foreach (var map in SortedMaps())
        {
            var shape = _maps.ShapeOf(map);
            var rows = MapRows.Of(shape, _maps.Read(map), 0);
            if (!rows.IsEmpty) MapText.Append(text, shape, rows, _context, 1);
        }

        return text.ToString();
    }

    /// <summary>The maps as they are now, in the text format of Prometheus.</summary>
    public string ShowMetrics()
    {
        OutputBuffer text = new();
        foreach (var map in SortedMaps())
        {
            var shape = _maps.ShapeOf(map);
            MapMetrics.Append(text, shape, MapRows.Of(shape, _maps.Read(map), 0), _context);
        }

        return text.ToString();
    }

    public void Dispose() => Dispatcher.Dispose();

    private IEnumerable<MapSymbol> SortedMaps() => _script.Script.Maps.OrderBy(m => m.Name, StringComparer.Ordinal);
}
