// SPDX-License-Identifier: MIT
using Ruche.Bpf.Tracing;

namespace Ruche.Cli.Live;

/// <summary>Publishes the lines of the kernel's trace pipe, which all programs of the host share.</summary>
internal static class TracePump
{
    /// <summary>Runs until cancelled.</summary>
    public static async Task RunAsync(LiveFeed feed, TimeProvider clock, CancellationToken ct)
    {
        using TracePipe pipe = new();
        try
        {
            await foreach (string line in pipe.ReadAllAsync(ct)) feed.Publish(new LiveEvent.Trace(clock.GetLocalNow(), line));
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
