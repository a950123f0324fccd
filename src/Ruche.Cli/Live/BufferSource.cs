// SPDX-License-Identifier: MIT
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Objects.Btf.Values;

namespace Ruche.Cli.Live;

/// <summary>One ring or perf buffer: decodes its records and publishes them, and what was lost.</summary>
internal sealed class BufferSource(string map, BufferReader reader, RecordTypes types, TimeProvider clock) : IDisposable
{
    private readonly bool _isPadded = reader is PerfBufferReader;
    private long _lost;

    /// <summary>Publishes records until cancelled, then those that are still there.</summary>
    public void Pump(LiveFeed feed, TimeSpan longestWait, CancellationToken ct)
    {
        using CancellationTokenRegistration wake = ct.Register(reader.Wake);
        while (!ct.IsCancellationRequested)
        {
            reader.Poll(record => Publish(feed, record), longestWait);
            PublishLost(feed);
        }

        reader.Consume(record => Publish(feed, record));
        PublishLost(feed);
    }

    public void Dispose() => reader.Dispose();

    private void Publish(LiveFeed feed, ReadOnlySpan<byte> record)
    {
        (string? type, BtfValue value) = types.Decode(map, record, _isPadded);
        feed.Publish(new LiveEvent.Record(clock.GetLocalNow(), map, type, record.Length, value));
    }

    private void PublishLost(LiveFeed feed)
    {
        if (reader is not PerfBufferReader perf || perf.Lost == _lost) return;
        feed.Publish(new LiveEvent.Lost(clock.GetLocalNow(), map, (ulong)(perf.Lost - _lost), "the perf buffer was full"));
        _lost = perf.Lost;
    }
}
