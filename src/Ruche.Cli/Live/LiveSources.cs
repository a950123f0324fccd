// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Cli.Live;

/// <summary>Everything of some running objects that can be watched: buffers, maps, and the trace pipe when a program writes to it.</summary>
internal sealed class LiveSources : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    private readonly TimeProvider _clock;
    private readonly List<BufferSource> _buffers = [];
    private readonly List<MapReader> _maps = [];
    private readonly bool _traces;

    /// <summary>Finds and opens what there is to watch.</summary>
    public LiveSources(IReadOnlyList<BpfObject> objects, TimeProvider clock)
    {
        _clock = clock;
        _traces = objects.Any(loaded => TracePrograms.Any(loaded.Spec));
        foreach (BpfObject loaded in objects)
        {
            RecordTypes types = new(loaded.Spec);
            foreach (MapSpec map in loaded.Spec.Maps) Add(loaded, map, types);
        }
    }

    /// <summary>Publishes what comes until cancelled, and then once more what the maps hold.</summary>
    public async Task ReadAsync(LiveFeed feed, TimeSpan interval, CancellationToken ct)
    {
        List<Task> readers = [.. _buffers.Select(buffer => Task.Factory.StartNew(() => buffer.Pump(feed, LongestWait, ct), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        if (_traces) readers.Add(TracePump.RunAsync(feed, _clock, ct));
        await PublishMapsAsync(feed, interval, ct);
        await Task.WhenAll(readers);
    }

    public void Dispose()
    {
        foreach (BufferSource buffer in _buffers) buffer.Dispose();
    }

    private void Add(BpfObject loaded, MapSpec spec, RecordTypes types)
    {
        BpfMap map = loaded.Map(spec.Name);
        if (spec.Type is MapType.RingBuf) _buffers.Add(new BufferSource(spec.Name, new RingBufferReader(map), types, _clock));
        else if (spec.Type is MapType.PerfEventArray) _buffers.Add(new BufferSource(spec.Name, new PerfBufferReader(map), types, _clock));
        else if (MapReader.CanRead(spec)) _maps.Add(new MapReader(spec, map, loaded.Spec.Btf));
    }

    private async Task PublishMapsAsync(LiveFeed feed, TimeSpan interval, CancellationToken ct)
    {
        using PeriodicTimer timer = new(interval, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(ct)) PublishMaps(feed);
        }
        catch (OperationCanceledException)
        {
            PublishMaps(feed);
        }
    }

    private void PublishMaps(LiveFeed feed)
    {
        if (_maps.Count == 0) return;
        ImmutableArray<MapSnapshot> snapshots = [.. _maps.Select(map => map.Read()).Where(map => map.Capacity > 0 || !map.Rows.IsEmpty)];
        feed.Publish(new LiveEvent.Maps(_clock.GetLocalNow(), snapshots));
    }
}
