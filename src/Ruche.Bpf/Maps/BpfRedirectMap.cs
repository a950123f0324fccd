// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Netlink;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Maps;

/// <summary>Interfaces (devmap) or CPUs (cpumap) that XDP programs redirect packets to. A view: it does not own the map.</summary>
public sealed class BpfRedirectMap
{
    /// <summary>Sees a map as redirect targets.</summary>
    /// <exception cref="ArgumentException">It is of another type.</exception>
    public BpfRedirectMap(BpfMap map)
    {
        TypedView.Expect(map, MapType.DevMap, MapType.DevMapHash, MapType.CpuMap).ExpectKey<uint>();
        Map = map;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>Puts an interface of the current network namespace under a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="networkInterface">The interface.</param>
    /// <param name="program">An XDP program for devmaps that runs on what is redirected; null for none. Needs values of eight bytes.</param>
    /// <exception cref="BpfException">EINVAL: no such interface, or a program of another kind; E2BIG: no such index.</exception>
    public void Update(uint key, NetworkInterface networkInterface, BpfProgram? program = null)
    {
        TypedView.Expect(Map, MapType.DevMap, MapType.DevMapHash);
        Put(key, (uint)networkInterface.Index, program);
    }

    /// <summary>Sets up a CPU as a target.</summary>
    /// <param name="cpu">The CPU.</param>
    /// <param name="queueSize">How many packets may wait for it.</param>
    /// <param name="program">An XDP program for cpumaps that runs there; null for none. Needs values of eight bytes.</param>
    /// <exception cref="BpfException">ENODEV: no such CPU; EINVAL: a program of another kind; E2BIG: no such index.</exception>
    public void UpdateCpu(uint cpu, uint queueSize, BpfProgram? program = null)
    {
        TypedView.Expect(Map, MapType.CpuMap);
        Put(cpu, queueSize, program);
    }

    /// <summary>The target under a key; false when there is none.</summary>
    public bool TryGetValue(uint key, out RedirectTarget target)
    {
        Span<uint> value = stackalloc uint[2];
        bool isThere = Map.TryLookup(TypedView.BytesOf(in key), MemoryMarshal.AsBytes(value)[..Map.ValueSize]);
        // Emptied entries of CPUs are still found, with a queue of nothing.
        target = new(value[0], value[1]);
        return isThere && value[0] != 0;
    }

    /// <summary>Removes the target under a key; returns whether the kernel had one, or does not tell.</summary>
    public bool Remove(uint key) => Map.Delete(TypedView.BytesOf(in key));

    private void Put(uint key, uint value, BpfProgram? program)
    {
        if (program is not null && Map.ValueSize < 2 * sizeof(uint))
            throw new ArgumentException($"map '{Map.Name}' has values of {Map.ValueSize} bytes, which hold no program", nameof(program));

        // No program is descriptor -1; descriptor 0 is taken for none by older kernels only.
        ReadOnlySpan<uint> parts = [value, program is null ? uint.MaxValue : (uint)program.Fd.Value];
        Map.Update(TypedView.BytesOf(in key), MemoryMarshal.AsBytes(parts)[..Map.ValueSize]);
        GC.KeepAlive(program);
    }
}
