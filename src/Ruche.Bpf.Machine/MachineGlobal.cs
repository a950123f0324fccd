// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Machine;

/// <summary>A global variable of an object in a machine. Reads and writes are not atomic against programs that change it meanwhile.</summary>
/// <typeparam name="T">The variable's type, of the same size.</typeparam>
public readonly unsafe struct MachineGlobal<T>
    where T : unmanaged
{
    private readonly MachineMap _section;
    private readonly GlobalSpec _spec;

    internal MachineGlobal(MachineMap section, GlobalSpec spec) => (_section, _spec) = (section, spec);

    /// <summary>The variable's name.</summary>
    public string Name => _spec.Name;

    /// <summary>The value.</summary>
    public T Value
    {
        get => Unsafe.ReadUnaligned<T>(Address);
        set => Unsafe.WriteUnaligned(Address, value);
    }

    // SAFETY: the section is an array of one value, in which the variable lies; the map keeps it.
    private byte* Address => (byte*)_section.Lookup(stackalloc byte[sizeof(uint)], 0) + _spec.Offset;
}
