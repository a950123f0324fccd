// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Programs;
using Ruche.Cli.Live;
using Ruche.Cli.Output;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Run;

/// <summary><c>ruche run</c>: opens, loads and attaches objects, shows what they produce until it is told to stop, and lets go of everything.</summary>
internal sealed class RunSession(RunOptions options, TimeProvider clock, TextWriter talk)
{
    /// <summary>Runs to the end. Ctrl-C, SIGTERM, the time limit and a closed output all end it in order.</summary>
    public static async Task<int> RunAsync(RunOptions options, CancellationToken ct)
    {
        using StopSignals signals = new();
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, ct);
        try
        {
            await new RunSession(options, TimeProvider.System, Console.Error).RunAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }

        return signals.Exit ?? ExitCode.Done;
    }

    private async Task RunAsync(CancellationTokenSource stop)
    {
        long started = clock.GetTimestamp();
        List<ObjectSpec> specs = [];
        foreach (string file in options.Files) specs.AddRange(await ObjectSource.OpenAllAsync(file, stop.Token));
        List<BpfObject> objects = [];
        try
        {
            foreach (ObjectSpec spec in SpecChoices.Apply(specs, options.Programs, options.Globals)) Load(spec, objects);
            Attach(objects);
            talk.WriteLine($"ruche: ready in {clock.GetElapsedTime(started).TotalMilliseconds:F0} ms; Ctrl-C to stop");
            await ShowAsync(objects, stop);
        }
        finally
        {
            for (int i = objects.Count - 1; i >= 0; i--) objects[i].Dispose();
        }
    }

    private void Load(ObjectSpec spec, List<BpfObject> objects)
    {
        BpfObject loading = BpfObject.Open(spec);
        objects.Add(loading);
        loading.Prepare();
        try
        {
            loading.Load();
        }
        catch (VerifierException e) when (options.ShowVerifierLog)
        {
            throw new CommandFailure(ExitCode.Failed, e.Message) { Details = e.Log.Text };
        }
    }

    private void Attach(IReadOnlyList<BpfObject> objects)
    {
        AttachOptions attach = new() { Interface = options.Interface, Cgroup = options.Cgroup, Pid = options.Pid };
        List<AttachOutcome> outcomes = [.. objects.SelectMany(loaded => loaded.Attach(attach))];
        foreach (AttachOutcome outcome in outcomes)
        {
            talk.WriteLine(outcome.Link is { } link
                ? $"ruche: attached {outcome.Program.Name} to {link.Target} ({link.Mechanism})"
                : $"ruche: did not attach {outcome.Program.Name}: {outcome.Reason}{WayOut(outcome)}");
        }

        if (outcomes.All(outcome => !outcome.IsAttached))
            throw new CommandFailure(ExitCode.Usage, outcomes.Count == 0 ? "there is no program to attach" : "no program could be attached, so there is nothing to show");
    }

    private string WayOut(AttachOutcome outcome) => outcome.Program.Spec?.Attach switch
    {
        AttachKind.Xdp or AttachKind.TcIngress or AttachKind.TcEgress or AttachKind.NetkitPrimary or AttachKind.NetkitPeer
            when options.Interface is null => "; add --iface NAME",
        AttachKind.Cgroup or AttachKind.LsmCgroup when options.Cgroup is null => "; add --cgroup PATH, a directory of the cgroup v2 file system",
        _ => "",
    };

    private async Task ShowAsync(IReadOnlyList<BpfObject> objects, CancellationTokenSource stop)
    {
        using LiveSources sources = new(objects, clock);
        LiveFeed feed = new(clock);
        Task shown = ShowUntilReaderLeavesAsync(feed, CreateSink(), stop);
        Task read = sources.ReadAsync(feed, options.Once ? Timeout.InfiniteTimeSpan : options.Interval, stop.Token);
        await WaitForEndAsync(stop.Token);
        await stop.CancelAsync();
        await read;
        feed.Complete();
        await shown;
    }

    private static async Task ShowUntilReaderLeavesAsync(LiveFeed feed, ILiveSink sink, CancellationTokenSource stop)
    {
        try
        {
            using (sink) await feed.ShowAsync(sink);
        }
        catch (IOException)
        {
            // Whoever read our output has gone: there is nobody left to show anything to.
            await stop.CancelAsync();
        }
    }

    private async Task WaitForEndAsync(CancellationToken ct)
    {
        TimeSpan length = options.For ?? (options.Once ? options.Interval : Timeout.InfiniteTimeSpan);
        try
        {
            await Task.Delay(length, clock, ct);
        }
        catch (OperationCanceledException)
        {
            // Stopped before its time; the caller knows by what.
        }
    }

    private ILiveSink CreateSink()
    {
        Stream output = StandardOutput.Open();
        return options.Format switch
        {
            OutputFormat.Json => new JsonSink(output, asArray: true),
            OutputFormat.Ndjson => new JsonSink(output, asArray: false),
            OutputFormat.Text when StandardOutput.IsLive && !options.Once => new TerminalSink(new StreamWriter(output), StandardOutput.Size, options.Top),
            OutputFormat.Text => new TextSink(new StreamWriter(output), options.Top),
            _ => throw new UnreachableException($"no case for {options.Format}"),
        };
    }
}
