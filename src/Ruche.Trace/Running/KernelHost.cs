// SPDX-License-Identifier: MIT
using System.Numerics;
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Maps;
using Ruche.Trace.Binding;
using Ruche.Trace.Events;
using Ruche.Trace.Lowering;

namespace Ruche.Trace.Running;

/// <summary>The kernel, with a script's programs and maps in it. Owns them.</summary>
internal sealed class KernelHost : IScriptHost, IDisposable
{
    private readonly MappedValues _shared;
    private readonly RingBufferReader? _reader;
    private readonly PerfBufferReader? _packets;

    public KernelHost(BpfObject loaded, ScriptPlan plan)
    {
        Object = loaded;
        _shared = loaded.Map(SharedState.Map).MapValues();
        if (plan.Events.Length > 0) _reader = new(loaded.Map(SharedState.EventsMap));
        if (plan.Events.Any(e => e is TraceEvent.Packet)) _packets = new(loaded.Map(SharedState.PacketsMap), new() { PagesPerCpu = PacketPages(plan.Options), WakeupEvents = int.MaxValue });
    }

    public BpfObject Object { get; }

    public Span<byte> Shared => _shared.Edit(0);

    public long LostPackets => (long)(_packets?.Lost ?? 0);

    /// <summary>Whether programs tell events at all.</summary>
    public bool HasEvents => _reader is not null;

    public IBpfMap Map(string name) => Object.Map(name);

    public int Consume(EventDispatcher dispatcher) => (_reader?.Consume(ref dispatcher) ?? 0) + (_packets?.Consume(ref dispatcher) ?? 0);

    /// <summary>As <see cref="Consume"/>, after a time in which there may be some.</summary>
    public int Poll(EventDispatcher dispatcher, TimeSpan wait) => (_reader?.Poll(ref dispatcher, wait) ?? 0) + (_packets?.Consume(ref dispatcher) ?? 0);

    /// <summary>Ends a wait in <see cref="Poll"/>.</summary>
    public void Wake() => _reader?.Wake();

    public void Dispose()
    {
        _reader?.Dispose();
        _packets?.Dispose();
        _shared.Dispose();
        Object.Dispose();
    }

    // All together as many as events have.
    private static int PacketPages(ScriptOptions options) => Math.Max(8, (int)BitOperations.RoundUpToPowerOf2(options.EventBytes / (uint)Environment.SystemPageSize / (uint)options.CpuCount));
}
