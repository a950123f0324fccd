// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

/// <summary>
/// The targets of tail calls. A view: it does not own the map. Safe for use from several threads. The kernel empties it when the
/// last descriptor and pin of the map is gone.
/// </summary>
public sealed class BpfProgramArray
{
    /// <summary>Sees a map as an array of programs.</summary>
    /// <exception cref="ArgumentException">It is no program array.</exception>
    public BpfProgramArray(BpfMap map)
    {
        TypedView.Expect(map, MapType.ProgArray);
        Map = map;
    }

    /// <summary>The map.</summary>
    public BpfMap Map { get; }

    /// <summary>How many places there are.</summary>
    public int Length => (int)Map.MaxEntries;

    /// <summary>Puts a program at an index.</summary>
    /// <exception cref="BpfException">The program is of another type than those there (EINVAL), or the index too large (E2BIG).</exception>
    public void Update(uint index, BpfFd program)
    {
        ArgumentNullException.ThrowIfNull(program);
        int fd = program.Value;
        Map.Update(TypedView.BytesOf(in index), TypedView.BytesOf(in fd));
        GC.KeepAlive(program);
    }

    /// <summary>The kernel's number of the program at an index. Returns false when there is none.</summary>
    public bool TryGetId(uint index, out uint id) => TypedView.TryLookup(Map, in index, out id);

    /// <summary>Removes the program at an index; returns whether there was one.</summary>
    public bool Remove(uint index) => Map.Delete(TypedView.BytesOf(in index));
}
