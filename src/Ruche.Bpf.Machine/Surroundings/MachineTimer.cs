// SPDX-License-Identifier: MIT
using Ruche.Bpf.Machine.Execution;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Machine.Memory;

namespace Ruche.Bpf.Machine.Surroundings;

/// <summary>A <c>struct bpf_timer</c> in a value of a map, where its number is as long as the value is there.</summary>
/// <param name="address">Where it is.</param>
/// <param name="map">The map that holds it.</param>
internal sealed unsafe class MachineTimer(ulong address, MachineMap map)
{
    private static ulong _last;

    private MachineProgram? _program;
    private ulong _function;

    /// <summary>What the value holds in place of a timer of the kernel's.</summary>
    public ulong Number { get; } = Interlocked.Increment(ref _last);

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

    /// <summary>Calls the function with the map, the key and the value; false when the value is gone.</summary>
    public bool TryFire(out RunResult result)
    {
        Due = null;
        result = default;
        var program = _program!;
        // SAFETY: memory of values stays as long as the map.
        if (*(ulong*)address != Number || !map.TryFindRegion(address, 1, out var value) || KeyOf(program, value.Start) is not { } bytes) return false;
        fixed (byte* key = bytes)
        {
            var run = RunSpace.Take(program);
            run.Memory.Add(new("key", (ulong)key, (ulong)map.KeySize, MemoryRights.Read));
            result = run.RunFunction(_function, [program.Environment.Memory.Maps.AddressOf(map), (ulong)key, value.Start]);
            run.Give();
            GC.KeepAlive(program);
            return true;
        }
    }

    private byte[]? KeyOf(MachineProgram program, ulong value)
    {
        foreach (var (key, at) in map.Elements(program.Environment.Cpu))
            if ((ulong)at == value) return key;
        return null;
    }
}
