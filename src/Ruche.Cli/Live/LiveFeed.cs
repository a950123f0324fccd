// SPDX-License-Identifier: MIT
using System.Threading.Channels;
using Ruche.Cli.Output;

namespace Ruche.Cli.Live;

/// <summary>
/// Carries events from the threads that read the kernel to the one that shows them. Bounded: when showing is slower than
/// the kernel for long, records are dropped and counted, and the count is shown.
/// </summary>
internal sealed class LiveFeed(TimeProvider clock)
{
    private const int Capacity = 1 << 16;

    private readonly Channel<LiveEvent> _events = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private long _dropped;

    /// <summary>Hands an event over; never blocks.</summary>
    public void Publish(LiveEvent e)
    {
        if (!_events.Writer.TryWrite(e)) Interlocked.Increment(ref _dropped);
    }

    /// <summary>Nothing more will be published.</summary>
    public void Complete() => _events.Writer.TryComplete();

    /// <summary>Shows everything that is published until <see cref="Complete"/>.</summary>
    public async Task ShowAsync(ILiveSink sink)
    {
        while (await _events.Reader.WaitToReadAsync())
        {
            while (_events.Reader.TryRead(out LiveEvent? e)) sink.Show(e);
            ShowDropped(sink);
            sink.Flush();
        }

        ShowDropped(sink);
        sink.Finish();
    }

    private void ShowDropped(ILiveSink sink)
    {
        long dropped = Interlocked.Exchange(ref _dropped, 0);
        if (dropped > 0) sink.Show(new LiveEvent.Lost(clock.GetLocalNow(), "output", (ulong)dropped, "showing them is slower than they come"));
    }
}
