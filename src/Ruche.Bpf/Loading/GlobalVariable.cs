// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Loading;

/// <summary>A global variable of an object. Reads and writes are not atomic against programs that change it meanwhile.</summary>
/// <typeparam name="T">The variable's type, of the same size.</typeparam>
public readonly struct GlobalVariable<T>
    where T : unmanaged
{
    private readonly BpfObject _owner;
    private readonly GlobalSpec _spec;

    internal GlobalVariable(BpfObject owner, GlobalSpec spec) => (_owner, _spec) = (owner, spec);

    /// <summary>The variable's name.</summary>
    public string Name => _spec.Name;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The variable is constant and its object is prepared already.</exception>
    public T Value
    {
        get
        {
            T value = default;
            _owner.ReadGlobal(_spec, MemoryMarshal.AsBytes(new Span<T>(ref value)));
            return value;
        }

        set => _owner.WriteGlobal(_spec, MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
    }
}
