// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Maps;
using Ruche.Trace.Lowering;
using Ruche.Trace.Running;

namespace Ruche.Trace.Recording;

/// <summary>The machine, with a script's programs and maps in it, which it runs for the firings of a recording. Owns them.</summary>
internal sealed class MachineHost : IScriptHost, IDisposable
{
    private readonly CompiledTrace _script;
    private readonly BpfMachine _machine;
    private readonly FiringPlayer _player = new();
    private readonly Queue<byte[]> _events = [];
    private int _permits;

    public MachineHost(CompiledTrace script, TraceRecording recording)
    {
        _script = script;
        _machine = BpfMachine.Load(script.Object, new() { Helpers = _player.Helpers, CpuCount = script.Plan.Options.CpuCount });
        recording.Shared.AsSpan(0, Math.Min(SharedState.Size, recording.Shared.Length)).CopyTo(Shared);
    }

    public Span<byte> Shared => _machine.Map(SharedState.Map).Memory(new byte[sizeof(uint)]);

    public long LostPackets => 0;

    /// <summary>How many answers were asked for that are not in the recording.</summary>
    public int Missing => _player.Missing;

    public IBpfMap Map(string name) => _machine.Map(name);

    /// <summary>Runs a program as it ran then.</summary>
    /// <exception cref="InvalidOperationException">The machine cannot run it.</exception>
    public void Run(Firing firing)
    {
        if (firing.Program >= _script.Plan.Programs.Length) return;
        byte[] context = _player.Take(firing);
        _machine.Environment.Cpu = Math.Min(firing.Cpu, _script.Plan.Options.CpuCount - 1);
        var run = _machine.Program(_script.Plan.Programs[firing.Program].Name).Run(context);
        if (run.Fault is { } fault) throw new InvalidOperationException(fault.ToString());
        if (_script.Plan.Events.Length == 0) return;
        foreach (byte[] record in ((MachineRingBuffer)_machine.Map(SharedState.EventsMap)).ReadAll()) _events.Enqueue(record);
    }

    /// <summary>Lets one more event pass that reads or changes maps: here one did when this was recorded.</summary>
    public void Permit() => _permits++;

    /// <summary>Hands over events up to one that reads or changes maps and was handled later.</summary>
    public int Consume(EventDispatcher dispatcher)
    {
        int count = 0;
        for (; _events.TryPeek(out byte[]? record); count++)
        {
            bool touchesMaps = dispatcher.TouchesMaps(record);
            if (touchesMaps && _permits == 0) break;
            if (touchesMaps) _permits--;
            dispatcher.Handle(0, _events.Dequeue());
        }

        return count;
    }

    /// <summary>Hands over all events that are left.</summary>
    public void ConsumeAll(EventDispatcher dispatcher)
    {
        while (_events.TryDequeue(out byte[]? record)) dispatcher.Handle(0, record);
        _permits = 0;
    }

    public void Dispose() => _machine.Dispose();
}
