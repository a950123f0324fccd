// SPDX-License-Identifier: MIT
using Ruche.Bpf.Buffers;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Run;
using Ruche.Cli.Terminals;

namespace Ruche.Cli.Bpf.Maps.Events;

/// <summary><c>ruche bpf map event_pipe</c>: prints what programs write to an array of perf events or to a ring buffer.</summary>
internal static class PipeEvents
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = $"{MapSelection.Short} [cpu N index M]";

    /// <summary>Prints records until interrupted, or until whoever reads them has gone.</summary>
    public static int Run(Invocation call)
    {
        using BpfMap map = MapSelection.TakeOne(call.Words);
        EventPlace? only = TakePlace(call.Words, map);
        using StopSignals signals = new();
        using BufferReader reader = Open(map, only);
        using CancellationTokenRegistration wake = signals.Token.Register(reader.Wake);
        try
        {
            using IEventOutput output = OpenOutput(call.Format);
            Pump(reader, output, only, signals.Token);
        }
        catch (IOException e) when (e is not Ruche.Bpf.BpfException)
        {
            // Whoever read our output has gone: there is nobody left to show anything to.
        }

        return signals.Exit ?? ExitCode.Done;
    }

    private static EventPlace? TakePlace(CommandWords words, BpfMap map)
    {
        uint? cpu = null, index = null;
        while (!words.IsEmpty)
        {
            if (words.TryTake("cpu")) cpu = words.TakeNumber("cpu");
            else if (words.TryTake("index")) index = words.TakeNumber("index");
            else words.End();
        }

        if (map.Type is not (MapType.PerfEventArray or MapType.RingBuf))
            throw new CommandFailure(ExitCode.Usage, $"map '{map.Name}' is a {map.Type.KernelName()}; events come out of a perf_event_array or a ringbuf");
        if (cpu is null && index is null) return null;
        if (cpu is null || index is null) throw words.Refuse("cpu and index go together");
        if (map.Type is MapType.RingBuf) throw words.Refuse("a ring buffer has no buffers of CPUs");
        return index < map.MaxEntries ? new((int)cpu, (int)index) : throw new CommandFailure(ExitCode.Usage, $"map '{map.Name}' has {map.MaxEntries} places, so there is no index {index}");
    }

    private static BufferReader Open(BpfMap map, EventPlace? only) => map.Type is MapType.RingBuf
        ? new RingBufferReader(map)
        : new PerfBufferReader(map, new() { Cpu = only?.Cpu, Place = only?.Index });

    private static IEventOutput OpenOutput(OutputFormat format) => format is OutputFormat.Text
        ? new TextEvents(StandardOutput.Open())
        : new JsonEvents(StandardOutput.Open(), isArray: format is OutputFormat.Json);

    private static void Pump(BufferReader reader, IEventOutput output, EventPlace? only, CancellationToken stop)
    {
        var perf = reader as PerfBufferReader;
        Dictionary<int, long> lost = [];
        EventHandler handler = new(output, cpu => perf is null ? null : only ?? new(cpu, cpu), TimeProvider.System);
        while (!stop.IsCancellationRequested)
        {
            reader.Poll(ref handler, Timeout.InfiniteTimeSpan);
            foreach (int cpu in perf?.Cpus ?? [])
            {
                long more = perf!.LostOn(cpu) - lost.GetValueOrDefault(cpu);
                if (more == 0) continue;
                output.WriteLost(only ?? new(cpu, cpu), more);
                lost[cpu] = perf.LostOn(cpu);
            }

            output.Flush();
        }
    }
}
