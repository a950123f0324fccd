// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>
/// The perf events that programs write to or read from, one for each CPU. A view: it does not own the map. Safe for use from
/// several threads. The kernel empties it when the descriptor that filled it is closed.
/// </summary>
public sealed class BpfPerfEventArray
{
    /// <summary>Sees a map as an array of perf events.</summary>
    /// <exception cref="ArgumentException">It is no array of perf events.</exception>
    public BpfPerfEventArray(BpfMap map)
    {
        TypedView.Expect(map, MapType.PerfEventArray);
        Map = map;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>How many places there are.</summary>
    public int Length => (int)Map.MaxEntries;

    /// <summary>Puts a perf event at the place of a CPU.</summary>
    /// <exception cref="BpfException">The array has no place for that CPU (E2BIG).</exception>
    public void Update(uint cpu, BpfFd perfEvent)
    {
        ArgumentNullException.ThrowIfNull(perfEvent);
        int fd = perfEvent.Value;
        Map.Update(TypedView.BytesOf(in cpu), TypedView.BytesOf(in fd));
        GC.KeepAlive(perfEvent);
    }

    /// <summary>Removes the perf event of a CPU; returns whether there was one.</summary>
    public bool Remove(uint cpu) => Map.Delete(TypedView.BytesOf(in cpu));
}
