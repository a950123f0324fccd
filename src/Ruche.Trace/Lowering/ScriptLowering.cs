// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Trace.Binding;
using Ruche.Trace.Events;
using Ruche.Trace.Recording;
using Ruche.Trace.Syntax;
using Ruche.Trace.Types;
using Ruche.Trace.Unwinding;

namespace Ruche.Trace.Lowering;

/// <summary>Makes a module of a script: a map for each of its maps, a function for each of its programs, and what they share.</summary>
internal sealed class ScriptLowering
{
    private readonly Dictionary<MapSymbol, MapStorage> _storage = [];
    private readonly Dictionary<TraceEvent, int> _events = [];
    private TraceEvent.ProcessSeen? _seen;
    private readonly Dictionary<StackKind, string> _stacks = [];
    private readonly List<ProgramPlan> _programs = [];
    private readonly SortedSet<int> _unwound = [];
    private int _unwindings;
    private int _deepest;
    private int _globals = SharedState.Size;
    private int _scratch;
    private bool _hasPackets;

    private ScriptLowering(SourceText source, ScriptOptions options, TargetProfile target)
    {
        Source = source;
        Options = options;
        Target = target;
        Module = new("trace");
    }

    public SourceText Source { get; }

    public ScriptOptions Options { get; }

    public TargetProfile Target { get; }

    public Module Module { get; }

    /// <summary>Whether programs write down what they are given.</summary>
    public bool IsRecorded { get; private init; }

    /// <summary>Whether programs are given what others wrote down.</summary>
    public bool IsReplayed { get; private init; }

    public static ScriptPlan Lower(BoundScript script, SourceText source, ScriptOptions options, TargetProfile target, bool isRecorded, bool isReplayed)
    {
        ScriptLowering lowering = new(source, options, target) { IsRecorded = isRecorded, IsReplayed = isReplayed };
        foreach (var map in script.Maps) lowering.AddStorage(map);
        for (int i = 0; i < script.Probes.Length; i++) lowering.Add(script.Probes[i], i);
        lowering.AddSharedMaps();
        if (isRecorded) TapeFunctions.AddTo(lowering.Module, options.EventBytes * SharedState.TapesToEvents);
        return new(lowering.Module, [.. lowering._programs], [.. script.Maps.Select(m => lowering._storage[m])], [.. lowering._events.Keys], lowering._stacks, options);
    }

    public MapStorage StorageOf(MapSymbol map) => _storage[map];

    /// <summary>The number of an event.</summary>
    public int NumberOf(TraceEvent told)
    {
        if (!_events.TryGetValue(told, out int number)) _events.Add(told, number = _events.Count);
        return number;
    }

    /// <summary>The map that keeps stacks of a kind.</summary>
    public string StackMap(TraceType.Stack type)
    {
        var kind = StackKind.Of(type);
        if (_stacks.TryGetValue(kind, out string? name)) return name;
        name = $"stacks_{kind.Name}";
        Module.Maps.Add(new()
        {
            Name = name,
            Type = MapType.StackTrace,
            KeySize = sizeof(uint),
            ValueSize = kind.Words * sizeof(ulong),
            MaxEntries = SharedState.Stacks,
            Flags = kind.HasBuildIds ? MapFlags.StackBuildId : MapFlags.None,
        });
        return _stacks[kind] = name;
    }

    /// <summary>Has stacks of a depth unwound, and perhaps kept. Returns the number of the state in which that is done.</summary>
    public int ReserveUnwinding(int depth, bool isKept)
    {
        _deepest = Math.Max(_deepest, depth);
        if (isKept) _unwound.Add(depth);
        return _unwindings++;
    }

    /// <summary>The map of the buffers for packets.</summary>
    public string PacketMap()
    {
        if (!_hasPackets) Module.Maps.Add(new() { Name = SharedState.PacketsMap, Type = MapType.PerfEventArray, KeySize = sizeof(uint), ValueSize = sizeof(uint), MaxEntries = (uint)Options.CpuCount });
        _hasPackets = true;
        return SharedState.PacketsMap;
    }

    /// <summary>The map of processes that were told of, and how they are told of.</summary>
    public TraceEvent.ProcessSeen Seen()
    {
        if (_seen is not null) return _seen;
        Module.Maps.Add(new() { Name = SharedState.SeenMap, Type = MapType.LruHash, KeySize = sizeof(ulong), ValueSize = sizeof(ulong), MaxEntries = SharedState.Processes });
        return _seen = new() { Payload = [TraceType.Int64] };
    }

    /// <summary>Sets so much memory aside for one program, on each CPU. Returns where it begins in <see cref="SharedState.ScratchMap"/>'s value.</summary>
    public int ReserveScratch(int size)
    {
        int start = _scratch;
        _scratch = ValueLayout.Align(_scratch + size, 8);
        return start;
    }

    private void Add(BoundProbe probe, int number)
    {
        string name = $"probe_{number}";
        var (section, attached) = ProgramSections.Of(probe, Target);
        Function function = new(name, IrType.I64) { Section = section };
        Module.Functions.Add(function);
        new ProbeLowering(this, function, probe).Run(number);
        _programs.Add(new(name, attached, probe));
    }

    private void AddStorage(MapSymbol map)
    {
        string name = map.Name.Length == 0 ? "AT_" : $"AT_{map.Name}";
        var value = map.Value.Type;
        var key = map.HasKey is true ? map.Key.Type : TraceType.None;
        if (map.Aggregation is null && map.HasKey is not true)
        {
            int offset = _globals;
            _globals = ValueLayout.Align(_globals + sizeof(ulong) + ValueLayout.SizeOf(value), 8);
            _storage.Add(map, new(map, SharedState.Map, key, value, offset + sizeof(ulong)) { FullCount = AddCounter() });
            return;
        }

        bool isKeyed = map.HasKey is true || map.Aggregation is Aggregation.Series, divides = map.Aggregation is { HasParts: true } && isKeyed;
        int keySize = isKeyed ? ValueLayout.Align(ValueLayout.SizeOf(key), divides ? 8 : 1) + (divides ? sizeof(ulong) : 0) : sizeof(uint);
        int valueSize = divides && map.Aggregation is not Aggregation.Series ? sizeof(ulong) : ValueLayout.SizeOf(value) + (map.Aggregation is Aggregation.Sum && map.HasKey is not true ? sizeof(ulong) : 0);
        var kind = KindOf(map);
        uint most = map.HasKey is true ? map.MostEntries ?? Options.MapEntries : map.Aggregation is Aggregation.Series series ? (uint)series.Most : 1;
        Module.Maps.Add(new() { Name = name, Type = kind, KeySize = keySize, ValueSize = valueSize, MaxEntries = most });
        _storage.Add(map, new(map, name, key, value, 0) { FullCount = AddCounter(), KeySize = keySize, ValueSize = valueSize });
    }

    private static MapType KindOf(MapSymbol map) => (map.Aggregation, map.HasKey, map.DropsOldest) switch
    {
        (null, _, false) => MapType.Hash,
        (null, _, true) => MapType.LruHash,
        (_, true, false) => MapType.PerCpuHash,
        (_, true, true) => MapType.LruPerCpuHash,
        (Aggregation.Series, _, _) => MapType.PerCpuHash,
        _ => MapType.PerCpuArray,
    };

    private int AddCounter()
    {
        int offset = _globals;
        _globals += sizeof(ulong);
        return offset;
    }

    private void AddSharedMaps()
    {
        if (_unwindings > 0) UnwindFunctions.AddTo(Module, Options.Unwinding, _unwindings, _deepest);
        foreach (int depth in _unwound) UnwindFunctions.AddKeeping(Module, depth, SharedState.Stacks);
        byte[] shared = new byte[_globals];
        shared[SharedState.One] = 1;
        Module.Maps.Add(new()
        {
            Name = SharedState.Map,
            Type = MapType.Array,
            KeySize = sizeof(uint),
            ValueSize = _globals,
            MaxEntries = 1,
            Flags = MapFlags.MemoryMapped,
            DataSection = DataSectionKind.Data,
            Section = SharedState.Map,
            Contents = [.. shared],
        });
        if (_events.Count > 0) Module.Maps.Add(new() { Name = SharedState.EventsMap, Type = MapType.RingBuf, MaxEntries = Options.EventBytes });
        if (_scratch > 0) Module.Maps.Add(new() { Name = SharedState.ScratchMap, Type = MapType.PerCpuArray, KeySize = sizeof(uint), ValueSize = _scratch, MaxEntries = 1 });
    }
}
