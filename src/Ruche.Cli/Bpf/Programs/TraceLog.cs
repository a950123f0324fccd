// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Tracing;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Programs;

/// <summary><c>ruche bpf prog tracelog</c>: prints what programs write with <c>bpf_printk</c>.</summary>
internal static class TraceLog
{
    /// <summary>Prints lines until interrupted, or until whoever reads them has gone.</summary>
    public static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        call.Words.End();
        using StopSignals signals = new();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, ct);
        using TracePipe pipe = new();
        try
        {
            await using StreamWriter output = new(StandardOutput.Open(), new UTF8Encoding(false));
            await foreach (string line in pipe.ReadAllAsync(stop.Token))
            {
                await output.WriteAsync(line + "\n");
                await output.FlushAsync(stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Interrupted, as it has to be.
        }

        return signals.Exit ?? ExitCode.Done;
    }
}
