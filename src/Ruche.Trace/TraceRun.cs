// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using Ruche.Bpf;
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Links;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Programs;
using Ruche.Trace.Binding;
using Ruche.Trace.Lowering;
using Ruche.Trace.Output;
using Ruche.Trace.Output.Maps;
using Ruche.Trace.Probes;
using Ruche.Trace.Running;

namespace Ruche.Trace;

/// <summary>A script in the kernel, from loading to its end. Disposing it takes everything out of the kernel again. Not thread-safe.</summary>
public sealed partial class TraceRun : IDisposable
{
    // Programs do not wake readers up for each event: that would cost more than the event.
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(32);

    private readonly CompiledTrace _script;
    private readonly TraceRunOptions _options;
    private readonly BpfObject _object;
    private readonly MappedValues _shared;
    private readonly MapContents _maps;
    private readonly SymbolNames _symbols;
    private readonly PrintContext _context;
    private readonly TraceOutput _output;
    private readonly RingBufferReader? _reader;
    private readonly PerfBufferReader? _packets;
    private readonly EventDispatcher _dispatcher;
    private readonly List<BpfLink> _links = [];
    private readonly List<PosixSignalRegistration> _signals = [];

    private TraceRun(CompiledTrace script, TraceRunOptions options, BpfObject loaded)
    {
        (_script, _options, _object) = (script, options, loaded);
        _shared = loaded.Map(SharedState.Map).MapValues();
        BitConverter.TryWriteBytes(_shared.Edit(0)[SharedState.StartTime..], KernelClock.SinceBoot);
        long bootedAt = KernelClock.BootedAt;
        BitConverter.TryWriteBytes(_shared.Edit(0)[SharedState.BootedAt..], bootedAt);
        _maps = new(loaded, _shared, script.Plan);
        _symbols = new(loaded, script.Plan.Stacks);
        _context = new()
        {
            Symbols = _symbols,
            TimeFormats = script.Script.TimeFormats,
            WallClock = sinceBoot => bootedAt + (long)sinceBoot,
            LocalTime = HostNames.LocalTime,
            TruncationTrailer = script.Plan.Options.TruncationTrailer,
            NameOf = HostNames.Of,
        };
        _output = options.IsJson ? new JsonOutput(options.Output, _context) : new TextOutput(options.Output, options.Errors, _context);
        _dispatcher = new(script.Plan.Events, _maps, _output, _context, script.Source, script.Plan.Options.ShownOfFiles);
        if (script.Plan.Events.Length > 0) _reader = new(loaded.Map(SharedState.EventsMap));
        if (script.Plan.Events.Any(e => e is Events.TraceEvent.Packet)) _packets = new(loaded.Map(SharedState.PacketsMap), new() { PagesPerCpu = PacketPages(script.Plan.Options), WakeupEvents = int.MaxValue });
    }

    /// <summary>Loads a script's programs and maps into the kernel; nothing runs yet.</summary>
    /// <exception cref="BpfException">The kernel refuses something.</exception>
    /// <exception cref="Bpf.Programs.VerifierException">The kernel's verifier refuses a program.</exception>
    public static TraceRun Load(CompiledTrace script, TraceRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(script);
        ArgumentNullException.ThrowIfNull(options);
        var loaded = BpfObject.Open(script.Object);
        try
        {
            loaded.Load();
            return new(script, options, loaded);
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs the script until it ends by itself or is cancelled: what begins, then everything attached, then what ends. Prints the maps at the
    /// end, and what was lost.
    /// </summary>
    /// <returns>What the script gave to <c>exit</c>; 0 otherwise.</returns>
    /// <exception cref="BpfException">A program cannot be attached.</exception>
    public int Run(CancellationToken cancellationToken)
    {
        RunAll<ProbeSite.Begin>();
        Drain();
        Attach();
        if (!_options.IsQuiet) _output.AttachedProbes(_script.ProbeCount);
        Drain();
        _options.Attached?.Invoke();
        bool isOver = Iterate(cancellationToken);
        using (isOver ? default : cancellationToken.Register(() => _reader?.Wake()))
        {
            if (!isOver) ReadEvents(cancellationToken);
        }

        Detach();
        Drain();
        _dispatcher.Resume();
        RunAll<ProbeSite.End>();
        Drain();
        PrintMaps();
        ReportLosses();
        _output.Flush();
        return _dispatcher.ExitCode ?? 0;
    }

    /// <summary>What the kernel made of a program.</summary>
    public ProgramInfo InfoOf(TraceProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return _object.Program(program.Name).GetInfo();
    }

    /// <summary>The maps as they are now, as text. On the thread that runs the script, see <see cref="TraceRunOptions.Tick"/>.</summary>
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

    /// <summary>The maps as they are now, in the text format of Prometheus. On the thread that runs the script, see <see cref="TraceRunOptions.Tick"/>.</summary>
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

    /// <inheritdoc/>
    public void Dispose()
    {
        Detach();
        _reader?.Dispose();
        _packets?.Dispose();
        _dispatcher.Dispose();
        _symbols.Dispose();
        _shared.Dispose();
        _object.Dispose();
    }

    private void Attach()
    {
        foreach (var plan in _script.Plan.Programs)
        {
            foreach (var signal in plan.Probe.Sites.OfType<ProbeSite.Signal>()) _signals.Add(PosixSignalRegistration.Create((PosixSignal)signal.Number, context => RunOn(context, plan.Name)));
            if (plan.Way is not (AttachWay.Run or AttachWay.Iterate)) _links.AddRange(ProbeAttachment.Attach(_object.Program(plan.Name), plan, _script.Options.Pid));
        }
    }

    /// <summary>Has the kernel go through what the script asks for; whether that was all of the script.</summary>
    private bool Iterate(CancellationToken cancellationToken)
    {
        bool isAll = false;
        foreach (var plan in _script.Plan.Programs)
        {
            if (plan.Way is not AttachWay.Iterate || cancellationToken.IsCancellationRequested || _dispatcher.ExitCode is not null) continue;
            _object.Program(plan.Name).ReadIterator(pid: _script.Options.Pid);
            Drain();
            isAll = true;
        }

        return isAll && _links.Count == 0 && _signals.Count == 0;
    }

    private void RunOn(PosixSignalContext context, string program)
    {
        context.Cancel = true;
        lock (_signals)
        {
            if (_signals.Count > 0) _object.Program(program).Run();
        }
    }

    private void Detach()
    {
        foreach (var signal in _signals) signal.Dispose();
        lock (_signals) _signals.Clear();
        BpfLink.DisposeAll(_links);
        _links.Clear();
    }

    private void RunAll<TSite>()
        where TSite : ProbeSite
    {
        foreach (var plan in _script.Plan.Programs)
        {
            if (plan.Probe.Sites[0] is TSite) _object.Program(plan.Name).Run();
        }
    }

    private void ReadEvents(CancellationToken cancellationToken)
    {
        var wait = ShortestWait;
        var dispatcher = _dispatcher;
        while (_dispatcher.ExitCode is null && !cancellationToken.IsCancellationRequested)
        {
            _options.Tick?.Invoke(this);
            if (_reader is null)
            {
                cancellationToken.WaitHandle.WaitOne(_options.Tick is null ? Timeout.InfiniteTimeSpan : LongestWait);
                continue;
            }

            int count = _reader.Poll(ref dispatcher, wait) + (_packets?.Consume(ref dispatcher) ?? 0);
            if (count > 0 && !_options.IsFullyBuffered) _output.Flush();
            wait = count > 0 ? ShortestWait : wait + wait < LongestWait ? wait + wait : LongestWait;
        }
    }

    private void Drain()
    {
        var dispatcher = _dispatcher;
        _reader?.Consume(ref dispatcher);
        _packets?.Consume(ref dispatcher);
        if (!_options.IsFullyBuffered) _output.Flush();
    }

    private void PrintMaps()
    {
        if (!_script.Plan.Options.PrintsMapsAtEnd) return;
        _output.End();
        foreach (var map in SortedMaps()) _output.Map(_maps.ShapeOf(map), _maps.Read(map));
    }

    private IEnumerable<MapSymbol> SortedMaps() => _script.Script.Maps.OrderBy(m => m.Name, StringComparer.Ordinal);

    private void ReportLosses()
    {
        if (_maps.Counter(SharedState.LostEvents) + (ulong)(_packets?.Lost ?? 0) is > 0 and var lost) _output.LostEvents(lost);
        if (_maps.Counter(SharedState.LostStacks) is > 0 and var stacks) Tell($"{stacks} stacks found no room among {SharedState.Stacks} and are not shown");
        if (_maps.Counter(SharedState.EndedLoops) is > 0 and var loops) Tell($"loops were left before their end {loops} times: the kernel lets none go on for so long");
        foreach (var map in _script.Script.Maps)
        {
            if (_maps.Refused(map) is > 0 and var refused) Tell($"map '{map}' was full: {refused} values are not in it; make room with the setting max_map_keys");
        }
    }

    // All together as many as events have.
    private static int PacketPages(ScriptOptions options) => Math.Max(8, (int)BitOperations.RoundUpToPowerOf2(options.EventBytes / (uint)Environment.SystemPageSize / (uint)options.CpuCount));

    private void Tell(string warning) =>
        _options.Errors.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"warning: {warning}\n")));
}
