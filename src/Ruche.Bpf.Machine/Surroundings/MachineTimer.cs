// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Execution;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Machine.Memory;

namespace Ruche.Bpf.Machine.Surroundings;

/// <summary>A <c>struct bpf_timer</c> in a value of a map.</summary>
/// <param name="address">Where it is.</param>
/// <param name="map">The map that holds it.</param>
internal sealed unsafe class MachineTimer(ulong address, MachineMap map)
{
    private MachineProgram? _program;
    private ulong _function;

    public ulong Address => address;

    /// <summary>When it goes off; null when it is not running.</summary>
    public long? Due { get; private set; }

    public bool HasCallback => _program is not null;

    public void SetCallback(MachineProgram program, ulong function) => (_program, _function) = (program, function);

    public void Start(long due) => Due = due;

    /// <summary>Stops it; false when it was not running.</summary>
    public bool Cancel()
    {
        bool wasRunning = Due is not null;
        Due = null;
        return wasRunning;
    }

    /// <summary>A timer that is about to go off: this one is not running any more.</summary>
    public MachineTimer Take()
    {
        MachineTimer taken = new(address, map) { Due = Due };
        taken.SetCallback(_program!, _function);
        Due = null;
        return taken;
    }

    /// <summary>Calls the function with the map, the key and the value.</summary>
    public RunResult Fire()
    {
        var program = _program!;
        if (!map.TryFindRegion(address, 1, out var value)) return default;
        fixed (byte* key = KeyOf(program, value.Start))
        {
            var run = RunSpace.Take(program);
            run.Memory.Add(new("key", (ulong)key, (ulong)map.KeySize, MemoryRights.Read));
            var result = run.RunFunction(_function, [program.Environment.Memory.Maps.AddressOf(map), (ulong)key, value.Start]);
            run.Give();
            GC.KeepAlive(program);
            return result;
        }
    }

    private byte[] KeyOf(MachineProgram program, ulong value)
    {
        foreach (var (key, at) in map.Elements(program.Environment.Cpu))
        {
            if ((ulong)at == value) return key;
        }

        return new byte[map.KeySize];
    }
}
