// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Maps;

public sealed partial class BpfMap
{
    /// <summary>Maps the values of an array made with <see cref="MapFlags.MemoryMapped"/> into this process's memory.</summary>
    /// <param name="writable">Whether to write through it; not possible once the map is frozen, and no map can be frozen meanwhile.</param>
    /// <exception cref="BpfException">The map is frozen (EPERM).</exception>
    public MappedValues MapValues(bool writable = true)
    {
        if (Type is not MapType.Array || !Flags.HasFlag(MapFlags.MemoryMapped))
            throw new InvalidOperationException($"map '{Name}' was not made to be mapped into memory; it takes an array with BPF_F_MMAPABLE");
        return new MappedValues(this, writable);
    }
}
